/** Health check of an agent: reads its settings, in a call that carries nothing of a visitor's. */
import type { Addresses } from "../urls.ts";
import type { Calls } from "../request.ts";
import { UpstreamFailure } from "../errors.ts";
import { fields } from "../parse.ts";

/** Milliseconds that it may take: questions wait for it. */
const totalMs = 5000;

export function createAgentCheck(calls: Calls, addresses: Addresses) {
  return async function checkAgent(project: number, signal: AbortSignal): Promise<void> {
    const url = addresses.settings(project);
    const body = await calls.json({ method: "GET", url, about: "project", part: "own", totalMs, signal });
    const data = fields(body)?.["data"] ?? body;
    // PHP writes an empty object as an empty list.
    if (!fields(data) && !Array.isArray(data))
      throw new UpstreamFailure("upstream-down", "settings without any fields");
  };
}
