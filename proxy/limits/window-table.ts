/** Table of rate windows in bounded memory: a key that still counts is never evicted. */
import type { Rate } from "./admission.ts";
import { endOf, waitFor, withMore, type Tally } from "./sliding-window.ts";

/** A key and the rates it is held to; one key always has the same rates. */
export type Limit = { readonly key: string; readonly rates: readonly Rate[] };

export type WindowTable = {
  /** Milliseconds until `more` further events fit everywhere; 0 when they fit now. */
  wait(limits: readonly Limit[], now: number, more?: number): number;
  /** Counts `more` events at each of them; call `wait` first. */
  add(limits: readonly Limit[], now: number, more?: number): void;
  readonly size: number;
};

/** Keys checked for each key that is added, so that expired ones are removed long before the table is full. */
const checksPerKey = 4;
/** Wait of a new key in milliseconds while the table is full. */
const fullWait = 10_000;

/** Takes about 400 bytes a key with three rates, and 16 more for each further group of events. */
export function createWindowTable(capacity: number): WindowTable {
  const table = new Map<string, { rates: readonly Rate[]; windows: readonly Tally[] }>();
  let round = table.entries();

  function sweep(now: number, maxChecks: number): void {
    for (let check = 0; check < maxChecks; check++) {
      const next = round.next();
      if (next.done) {
        round = table.entries();
        return;
      }
      const [key, { rates, windows }] = next.value;
      const isDead = rates.every((rate, place) => endOf(windows[place] ?? [], rate) <= now);
      if (isDead) table.delete(key);
    }
  }

  const countedLimits = (limits: readonly Limit[]) => limits.filter(({ rates }) => rates.length > 0);

  return {
    wait(limits, now, more = 1) {
      let maxWait = 0;
      let missing = 0;
      for (const { key, rates } of countedLimits(limits)) {
        const known = table.get(key);
        if (!known) missing++;
        else
          for (const [place, rate] of rates.entries())
            maxWait = Math.max(maxWait, waitFor(known.windows[place] ?? [], rate, now, more));
      }
      sweep(now, checksPerKey * missing);
      return table.size + missing > capacity ? Math.max(maxWait, fullWait) : maxWait;
    },

    add(limits, now, more = 1) {
      for (const { key, rates } of countedLimits(limits)) {
        const known = table.get(key)?.windows;
        const windows = rates.map((rate, place) => withMore(known?.[place] ?? [], rate, now, more));
        table.set(key, { rates, windows });
      }
    },

    get size() {
      return table.size;
    },
  };
}
