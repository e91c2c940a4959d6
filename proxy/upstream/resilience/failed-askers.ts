/** Count of different askers whose calls failed one after another; another token or address makes no new one. */
import type { Who } from "../../metrics/request-id.ts";

export type FailedAskers = {
  add(who: Who | undefined): void;
  /** Different askers: whoever has many tokens at one address is one, and so is one token at many addresses. */
  count(): number;
  /** All of them, however many were one asker's. */
  inARow(): number;
};

/** More than `most` askers need not be told apart. */
export function createFailedAskers(most: number): FailedAskers {
  const visitors = new Set<string>();
  const addresses = new Set<string | null>();
  let ours = 0;
  let all = 0;
  const note = <Name>(names: Set<Name>, name: Name) => names.size < most && names.add(name);
  return {
    add(who) {
      all++;
      if (!who) ours++;
      else {
        note(visitors, who.visitor);
        note(addresses, who.address);
      }
    },
    count: () => ours + Math.min(visitors.size, addresses.size),
    inARow: () => all,
  };
}
