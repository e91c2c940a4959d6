/** Work on a turn that no request waits for: an unexpected error ends the turn, never the process. */
import type { TurnWriter } from "../turns/turn-writer.ts";
import type { ProxyDeps } from "../deps.ts";
import { failAnswer } from "./write-answer.ts";

/** `request` is the id of the request that the work is for, for the log. */
export function runDetached(
  deps: ProxyDeps,
  { writer, request }: { writer: TurnWriter; request: string },
  work: Promise<unknown>,
): void {
  // The service may have accepted the question, so it is never asked again.
  work.catch((error: unknown) => failAnswer(deps, writer, error, request, () => false));
}
