/** Count of failed calls by different callers; another token or address makes no new caller. */
import type { Who } from "../../metrics/request-id.ts";

export type CallerCount = {
  /** Adds a call; `who` is undefined where it carried nothing of a visitor's, so that it counts as one more caller. */
  add(who: Who | undefined): void;
  /** Different callers: many tokens at one address are one, and so is one token at many addresses. */
  callers(): number;
  /** All calls, however many came from one caller. */
  calls(): number;
};

/** Distinguishes at most `maxKnown` callers. */
export function createCallerCount(maxKnown: number): CallerCount {
  const visitors = new Set<string>();
  const addresses = new Set<string | null>();
  let anonymous = 0;
  let calls = 0;
  const addTo = <Name>(names: Set<Name>, name: Name) => names.size < maxKnown && names.add(name);
  return {
    add(who) {
      calls++;
      if (!who) return void anonymous++;
      addTo(visitors, who.visitor);
      addTo(addresses, who.address);
    },
    callers: () => anonymous + Math.min(visitors.size, addresses.size),
    calls: () => calls,
  };
}
