/** Limit of each visitor's, and each address's, actions other than questions. */
import type { Rate } from "./admission.ts";
import { Refused } from "../http/errors.ts";
import { createWindowTable, type Limit } from "./window-table.ts";

export type VisitorLimit = {
  /** Counts one; each `deed` is counted by itself. Throws `too-many` over the limit; then nothing is counted. */
  take(deed: string, from: { visitor: string | null; address: string | null }): void;
};

/** Behind one address there may be an office or a school. */
const morePerAddress = 5;

/** Both are counted by this instance alone. `clock`: milliseconds since 1970. */
export function createVisitorLimit(
  rates: readonly Rate[],
  clock: () => number,
  capacity = 50_000,
): VisitorLimit {
  const windows = createWindowTable(capacity);
  const ofAddress = rates.map(({ max, seconds }) => ({ max: max * morePerAddress, seconds }));
  return {
    take(deed, { visitor, address }) {
      const limits: Limit[] = [{ key: `${deed} address ${address ?? "unknown"}`, rates: ofAddress }];
      if (visitor !== null) limits.push({ key: `${deed} visitor ${visitor}`, rates });
      const now = clock();
      const wait = windows.wait(limits, now);
      if (wait > 0) throw new Refused("too-many", { retryAfter: wait / 1000 });
      windows.add(limits, now);
    },
  };
}
