/** Access check for a turn that exists already under the requested key. */
import { timingSafeEqual } from "node:crypto";
import type { Turn } from "./turn.ts";

/** `digest` as in `Asking`. Asked before anything else, so that nobody learns what the question was. */
export function isTheirs(turn: Pick<Turn, "digest">, digest: string | null): boolean {
  return digest === null || isSame(turn.digest, digest);
}

/** Asked without a secret and never taken: it is told to nobody any more, and whoever comes may ask it anew. */
export function isAbandoned(turn: Pick<Turn, "digest" | "retryable">): boolean {
  return turn.digest === "" && turn.retryable;
}

/** Of one secret. An empty digest is nobody's. */
function isSame(known: string, given: string): boolean {
  const [one, other] = [Buffer.from(known), Buffer.from(given)];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}
