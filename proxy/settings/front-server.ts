/** Detection of a server in front that reports client addresses without being trusted for it. */
import type { Settings } from "./table.ts";
import { sitesByAgent } from "./agent-origins.ts";
import { isLoopback } from "./parsers.ts";

type FrontSettings = Pick<Settings, "host" | "trustProxy" | "agents" | "allowedOrigins" | "agentOrigins">;

/**
 * Whether visitors can only come through such a server: sites elsewhere are listed, but the proxy listens to its own
 * machine alone. All visitors then count as one address.
 */
export function hidesVisitors(settings: FrontSettings): boolean {
  const sites = Array.from(sitesByAgent(settings).values()).flat();
  const isPublic = sites.some((site) => !isLoopback(new URL(site.replace("*.", "")).hostname));
  return settings.trustProxy === 0 && isLoopback(settings.host) && isPublic;
}
