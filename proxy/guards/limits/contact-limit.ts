/** How much one visitor, and one network address, may have handed to the owner. */
import type { Rate } from "../admission.ts";
import { Refused } from "../refusal.ts";
import { createWindowTable, type Limit } from "./window-table.ts";

export type ContactLimit = {
  /** Counts one. Throws `too-many` when it is one too many; then nothing is counted. */
  take(kind: "contact" | "feedback", from: { visitor: string | null; address: string | null }): void;
};

/** Behind one address there may be an office or a school. */
const morePerAddress = 5;

/** Both are counted by this instance alone. `clock`: milliseconds since 1970. */
export function createContactLimit(
  rates: readonly Rate[],
  clock: () => number,
  capacity = 50_000,
): ContactLimit {
  const windows = createWindowTable(capacity);
  const ofAddress = rates.map(({ most, seconds }) => ({ most: most * morePerAddress, seconds }));
  return {
    take(kind, { visitor, address }) {
      const limits: Limit[] = [{ key: `${kind} address ${address ?? "unknown"}`, rates: ofAddress }];
      if (visitor !== null) limits.push({ key: `${kind} visitor ${visitor}`, rates });
      const now = clock();
      const wait = windows.wait(limits, now);
      if (wait > 0) throw new Refused("too-many", { retryAfter: wait / 1000 });
      windows.add(limits, now);
    },
  };
}
