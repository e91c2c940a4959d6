/** Snapshot of the usage that Redis last reported, so that no budget restarts when Redis loses its data. */
import * as v from "valibot";
import type { AdmissionRules } from "../admission.ts";
import { createBudget, createMemoryBudgetStore, dayOf, monthOf, type Budget } from "../budget.ts";

/** The counts' birth mark (one that lost its data has another), then the day's field and count, and the month's. */
export const spentAnswer = v.tuple([v.string(), v.string(), v.number(), v.string(), v.number()]);
type SpentAnswer = v.InferOutput<typeof spentAnswer>;

export type SpentMemory = {
  /** For the scripts, which count on from here when theirs are other counts than these. */
  values(): SpentAnswer;
  learn(answer: SpentAnswer): void;
  /** The whole budget as this instance knows it, while Redis cannot be asked. */
  budget: Budget;
};

const dayLength = 86_400_000;

/**
 * Refunds are not subtracted here: after a loss the usage is too high, never too low. Other instances report their own
 * later usage.
 */
export function createSpentMemory(max: AdmissionRules["budget"]): SpentMemory {
  const store = createMemoryBudgetStore();
  let known: SpentAnswer = ["", "", 0, "", 0];
  return {
    values: () => known,
    budget: createBudget(max, store),
    learn(answer) {
      const [mark, day, ofDay, month, ofMonth] = answer;
      const [knownMark, knownDay, knownOfDay, knownMonth, knownOfMonth] = known;
      // Answers may arrive in another order than they were given.
      const isSame = mark === knownMark;
      const larger = (isSameSpan: boolean, was: number, is: number) =>
        isSame && isSameSpan ? Math.max(was, is) : is;
      known = [
        mark,
        day,
        larger(day === knownDay, knownOfDay, ofDay),
        month,
        larger(month === knownMonth, knownOfMonth, ofMonth),
      ];
      store.write(dayOf(numberIn(day) * dayLength), known[2]);
      store.write(monthOf(numberIn(month)), known[4]);
    },
  };
}

/** Fields are `day:` and the days since 1970, `month:` and the milliseconds since then. */
const numberIn = (field: string): number => Number(field.slice(field.indexOf(":") + 1));
