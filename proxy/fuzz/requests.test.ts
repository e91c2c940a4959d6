/** Fuzzes the whole proxy: any requests, in any order, before a service that answers anything. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { step, fineStep } from "./requests.ts";
import { fuzz, patience } from "./run.ts";
import { play, type Settings } from "./scenario.ts";
import { anyMove } from "./upstream-moves.ts";

const steps = fc.array(fc.oneof({ arbitrary: step, weight: 2 }, { arbitrary: fineStep, weight: 3 }), {
  minLength: 1,
  maxLength: 7,
});
const moves = fc.array(anyMove, { maxLength: 12 });
const settings: fc.Arbitrary<Settings> = fc.record({
  proofOfWork: fc.constantFrom("never", "always", "busy"),
  trustProxy: fc.nat(2),
  identitySecret: fc.constant("i".repeat(32)),
});

describe("the whole proxy", () => {
  it(
    "answers any request in one of our shapes, shows nothing of upstream's own, and asks it nothing it may not",
    () =>
      fuzz([steps, moves], async (requests, answers) => {
        const wrong = await play(requests, answers);
        expect(wrong, wrong.join("\n")).toEqual([]);
      }),
    patience,
  );

  it(
    "does so with visitors of names, with work to do first, and behind another proxy",
    () =>
      fuzz([steps, moves, settings], async (requests, answers, set) => {
        const wrong = await play(requests, answers, set);
        expect(wrong, wrong.join("\n")).toEqual([]);
      }),
    patience,
  );
});
