/** Host names that the demo answers to, so that no foreign page can reach it under its own name (DNS rebinding). */
import { isAddress, readHost } from "../proxy/http/host.ts";
import type { Refusal } from "../proxy/protocol/problems.ts";
import { isLoopback } from "../proxy/settings/parsers.ts";
import type { Settings } from "../proxy/settings/table.ts";

type Listening = Pick<Settings, "host" | "trustProxy">;

/** Whether a `Host` header has a local name of this machine. */
export function isThisMachine(written: string | null): boolean {
  const name = readHost(written)?.name ?? "";
  return isLoopback(name) || name.endsWith(".localhost");
}

/**
 * Besides this machine's own names, those that a server in front passes on, where there is one; where the demo is open
 * to the network, also IP addresses and names that cannot be registered.
 */
export function isKnownHost(written: string | null, { host, trustProxy }: Listening): boolean {
  if (isThisMachine(written)) return true;
  const name = readHost(written)?.name;
  if (name === undefined) return false;
  if (trustProxy > 0) return true;
  if (isLoopback(host)) return false;
  return isAddress(name) || !name.includes(".") || name.endsWith(".local") || name === host.toLowerCase();
}

/** Refusal of requests with another name, in the form of all the proxy's refusals. */
export function misdirected(url: string): Response {
  const message = `This demo answers at ${url} only. Behind a server of your own, set TRUST_PROXY to the number of those.`;
  const refusal: Refusal = { problem: { code: "not-allowed", message } };
  return Response.json(refusal, { status: 421, headers: { "cache-control": "no-store" } });
}
