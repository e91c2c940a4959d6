/** Which names the demo answers to, so that no page elsewhere can reach it under a name of its own (DNS rebinding). */
import { isAddress, readHost } from "../proxy/http/host.ts";
import type { Refusal } from "../proxy/protocol/problems.ts";
import { isLoopback } from "../proxy/settings/parsers.ts";
import type { Settings } from "../proxy/settings/table.ts";

type Listening = Pick<Settings, "host" | "trustProxy">;

/** Whether a `Host` header names this machine as it names itself. */
export function isThisMachine(written: string | null): boolean {
  const name = readHost(written)?.name ?? "";
  return isLoopback(name) || name.endsWith(".localhost");
}

/**
 * Beyond this machine's own name: whatever the server in front lets through, where there is one; and where the demo
 * listens to the network, addresses and names that nobody can register.
 */
export function isKnownHost(written: string | null, { host, trustProxy }: Listening): boolean {
  if (isThisMachine(written)) return true;
  const name = readHost(written)?.name;
  if (name === undefined) return false;
  if (trustProxy > 0) return true;
  if (isLoopback(host)) return false;
  return isAddress(name) || !name.includes(".") || name.endsWith(".local") || name === host.toLowerCase();
}

/** Told to whoever calls by another name, in the shape of all the proxy's refusals. */
export function misdirected(url: string): Response {
  const message = `This demo answers at ${url} only. Behind a server of your own, set TRUST_PROXY to the number of those.`;
  const refusal: Refusal = { problem: { code: "not-allowed", message } };
  return Response.json(refusal, { status: 421, headers: { "cache-control": "no-store" } });
}
