/** Whether an agent has read its pages: until then the service does not let it answer (contract section 2). */
import type { Addresses } from "../urls.ts";
import { fields, flag } from "../parse.ts";
import type { Calls } from "../request.ts";

const totalMs = 5000;

export function createIsReady(calls: Calls, addresses: Addresses) {
  return async function isReady(project: number, signal: AbortSignal): Promise<boolean> {
    const url = addresses.project(project);
    const body = await calls.json({ method: "GET", url, about: "project", part: "own", totalMs, signal });
    const agent = fields(fields(body)?.["data"]);
    // Null says that it is not yet; a service that does not say is believed to be ready.
    return agent === null || !("is_chat_active" in agent) || flag(agent["is_chat_active"], false);
  };
}
