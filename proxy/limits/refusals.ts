/** Refusal of a question that a limit stops. */
import { Refused } from "../http/errors.ts";

/** Whether each kind of limit stops a question, and for how many milliseconds (0: not). */
export type Waits = { budget: number; rates: number; streams: boolean };

/** Seconds; when a running answer ends is not known. */
const streamWait = 2;

/** The refusal, or null when nothing stops it. The wait is until everything that is known would let it pass. */
export function refusalFor(
  { budget, rates, streams }: Waits,
  words: string | null | undefined,
): Refused | null {
  if (budget === 0 && rates === 0 && !streams) return null;
  const retryAfter = Math.max(Math.ceil(Math.max(budget, rates) / 1000), streams ? streamWait : 1);
  return new Refused(budget > 0 ? "budget-used-up" : "too-many", { retryAfter, words: words ?? undefined });
}
