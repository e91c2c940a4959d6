/** The same turn sent twice is one question: the second request joins what the first one began. */
import type { Question } from "../protocol/bodies.ts";
import { Refused } from "../guards/refusal.ts";
import type { Turn } from "../turns/turn.ts";
import type { Parts } from "./parts.ts";

/** Seconds after which a full or closing proxy may be tried again. */
const fullWait = 5;

/**
 * The turn under this key, or a new one. Throws `bad-request` when the turn stands for another question already, and
 * `upstream-busy` when no more turns can run. Nothing is awaited here, so two requests at once cannot both begin it.
 */
export function joinOrBegin(parts: Parts, key: string, { prompt }: Question): { turn: Turn; isNew: boolean } {
  const known = parts.turns.find(key);
  if (known && known.prompt !== prompt) throw new Refused("bad-request");
  // One that upstream never took may be sent again; any other is never sent twice, however it ended.
  if (known && !known.untouched) return { turn: known, isNew: false };
  const turn = parts.turns.begin(key, prompt);
  if (!turn) throw new Refused("upstream-busy", { retryAfter: fullWait });
  return { turn, isNew: true };
}
