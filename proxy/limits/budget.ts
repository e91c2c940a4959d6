/** Budget of upstream queries, by the day and the month of UTC. */
import type { AdmissionRules, BudgetLeft } from "./admission.ts";

/** Store of query counts. `window` is a day as `2026-11-24` or a month as `2026-11`. */
export type BudgetStore = {
  /** 0 for a window that nothing was written for. */
  read(window: string): number;
  write(window: string, spent: number): void;
};

export type Budget = {
  /** Milliseconds until a query may be spent; 0 when it may be now. */
  wait(now: number): number;
  /** Spends queries (a negative number gives back) in the windows of that time. */
  spend(queries: number, then: number): void;
  left(now: number): BudgetLeft;
};

const dayLength = 24 * 60 * 60 * 1000;
let today = { number: Number.NaN, name: "" };

export function dayOf(time: number): string {
  const number = Math.floor(time / dayLength);
  // Called several times for each question, with the same result for a whole day.
  if (number !== today.number) today = { number, name: new Date(time).toISOString().slice(0, 10) };
  return today.name;
}
export const monthOf = (time: number): string => dayOf(time).slice(0, 7);

function nextDay(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
}

function nextMonth(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Both windows are always counted, so that a budget that is set later includes what was spent before. */
export function createBudget(
  max: AdmissionRules["budget"],
  store: BudgetStore = createMemoryBudgetStore(),
): Budget {
  const left = (cap: number | null, window: string) =>
    cap === null ? null : Math.max(0, cap - store.read(window));
  return {
    wait(now) {
      if (left(max.month, monthOf(now)) === 0) return nextMonth(now) - now;
      return left(max.day, dayOf(now)) === 0 ? nextDay(now) - now : 0;
    },
    spend(queries, then) {
      for (const window of [dayOf(then), monthOf(then)])
        store.write(window, Math.max(0, store.read(window) + queries));
    },
    left: (now) => ({ day: left(max.day, dayOf(now)), month: left(max.month, monthOf(now)) }),
  };
}

/** Only two days and two months can still be read. */
const maxWindows = 4;

export function createMemoryBudgetStore(): BudgetStore {
  const counts = new Map<string, number>();
  return {
    read: (window) => counts.get(window) ?? 0,
    write(window, spent) {
      counts.set(window, spent);
      // The shorter windows are named longer; the oldest sorts first among its kind.
      for (const length of [7, 10]) {
        const kind = Array.from(counts.keys()).filter((name) => name.length === length);
        for (const old of kind.toSorted().slice(0, -maxWindows / 2)) counts.delete(old);
      }
    },
  };
}
