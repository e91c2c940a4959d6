/** Set-up check: the settings on this machine and, if one is named, a deployed address. */
import { defaultAgent } from "../protocol/paths.ts";
import type { Settings } from "../settings/table.ts";
import { sitesByAgent } from "../settings/agent-origins.ts";
import { readSettings } from "../settings/read-settings.ts";
import { checkKeyAndAgents } from "./check-agents.ts";
import { checkCertificate } from "./check-certificate.ts";
import { checkOrigins } from "./check-origins.ts";
import { checkRedis } from "./check-redis.ts";
import { checkRoutes } from "./check-routes.ts";
import { checkSettings } from "./check-settings.ts";
import { checkSites } from "./check-sites.ts";
import { checkStreaming } from "./check-streaming.ts";
import { problem, warning, type Finding } from "./finding.ts";

export type SetupToCheck = {
  /** As `process.env`; read exactly as the proxy reads it. */
  environment: Readonly<Record<string, string | undefined>>;
  readFile: (path: string) => string;
  /** A deployed proxy's address; null checks the settings only. */
  address: URL | null;
  /** A site that embeds the widget; null takes the first that may use the agent. */
  origin: string | null;
  /** The alias of the agent to ask the address for; default `default`. */
  agent?: string;
  /** Milliseconds that each question to the outside may take; default 10,000. */
  patience?: number;
};

const usualPatience = 10_000;

/** Never rejects; spends no query. */
export async function checkSetup(setup: SetupToCheck): Promise<Finding[]> {
  const { environment, address, patience = usualPatience, agent = defaultAgent } = setup;
  const read = readSettings(environment, setup.readFile);
  const settings = "settings" in read ? read.settings : null;
  const found: Finding[] = [];

  // A deployed address may be checked from a machine without its settings.
  if (address && settings?.apiKey === null) {
    found.push(
      warning(
        "settings",
        "No key is set here, so only the address was looked at.",
        "Set the proxy's variables for this command too, to have key, agents and Redis checked.",
      ),
    );
  } else {
    found.push(...checkSettings(read));
    if (settings)
      found.push(
        ...(await checkKeyAndAgents(settings, patience)),
        ...(await checkOrigins(sitesOf(settings), patience)),
        ...(settings.redisUrl === null ? [] : await checkRedis(settings.redisUrl)),
      );
  }
  if (!address) return found;

  const sites = settings ? sitesByAgent(settings).get(agent) : undefined;
  const first = sites?.find((origin) => !origin.includes("*")) ?? null;
  const way = await checkCertificate(address, patience);
  found.push(...way);
  if (way[0]?.state === "problem" && address.protocol === "https:") {
    found.push(
      problem(
        "address",
        "The rest was not looked at, since no browser would come this far.",
        "Mend that first.",
      ),
    );
    return found;
  }
  found.push(
    ...(await checkRoutes(address, agent, patience)),
    ...(await checkSites(address, { agent, origin: setup.origin ?? first, patience })),
    await checkStreaming(address, patience),
  );
  return found;
}

/** All sites that may use some agent, each once. */
const sitesOf = (settings: Settings) => [...new Set(Array.from(sitesByAgent(settings).values()).flat())];
