/** What this instance last heard to be spent, so that a Redis that lost its data is told and no budget begins anew. */
import * as v from "valibot";

/** The counts' birth mark (one that lost its data has another), then the day's field and count, and the month's. */
export const spentAnswer = v.tuple([v.string(), v.string(), v.number(), v.string(), v.number()]);
export type SpentAnswer = v.InferOutput<typeof spentAnswer>;

export type SpentMemory = {
  /** For the scripts, which count on from here when theirs are other counts than these. */
  values(): SpentAnswer;
  learn(answer: SpentAnswer): void;
};

/**
 * A refund is not taken back here: after a loss too much is taken for spent, never too little. What other instances let
 * through since this one heard last, they tell themselves.
 */
export function createSpentMemory(): SpentMemory {
  let known: SpentAnswer = ["", "", 0, "", 0];
  return {
    values: () => known,
    learn(answer) {
      const [mark, day, , month] = answer;
      const [knownMark, knownDay, knownOfDay, knownMonth, knownOfMonth] = known;
      // Answers may arrive in another order than they were given.
      const isSame = mark === knownMark;
      const most = (isSameSpan: boolean, was: number, is: number) =>
        isSame && isSameSpan ? Math.max(was, is) : is;
      known = [
        mark,
        day,
        most(day === knownDay, knownOfDay, answer[2]),
        month,
        most(month === knownMonth, knownOfMonth, answer[4]),
      ];
    },
  };
}
