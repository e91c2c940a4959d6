/** Access check for a turn that exists already under the requested key. */
import { timingSafeEqual } from "node:crypto";
import type { Turn } from "./turn.ts";

/** `digest` as in `TurnRequest`. Checked before anything else, so that a stranger learns nothing of the question. */
export function isTheirs(turn: Pick<Turn, "digest">, digest: string | null): boolean {
  return digest === null || isSame(turn.digest, digest);
}

/** Asked without a secret and never accepted: no client can read it any more, and any may ask it again. */
export function isAbandoned(turn: Pick<Turn, "digest" | "retryable">): boolean {
  return turn.digest === "" && turn.retryable;
}

/** Whether both digests are of one secret. An empty digest matches none. */
function isSame(known: string, given: string): boolean {
  const [one, other] = [Buffer.from(known), Buffer.from(given)];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}
