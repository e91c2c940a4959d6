/** Tests of the sliding window's exactness, for any timing of requests. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { groupsInSpan, waitFor, withMore, type Tally } from "./sliding-window.ts";

const rate = { max: 7, seconds: 10 };
const span = 10_000;
const pauses = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 50, maxLength: 200 });

it("never admits more than the maximum in any span, and stores only a few numbers", () => {
  fc.assert(
    fc.property(pauses, (between) => {
      let tally: Tally = [];
      let now = 1_790_000_000_000;
      const letIn: number[] = [];
      for (const pause of between) {
        now += pause;
        if (waitFor(tally, rate, now) > 0) continue;
        tally = withMore(tally, rate, now);
        letIn.push(now);
        expect(tally.length / 2).toBeLessThanOrEqual(groupsInSpan + 1);
        expect(letIn.filter((time) => time > now - span).length).toBeLessThanOrEqual(rate.max);
      }
    }),
  );
});

it("never waits more than a tenth of the span longer than an exact count would", () => {
  fc.assert(
    fc.property(pauses, (between) => {
      let tally: Tally = [];
      let now = 1_790_000_000_000;
      const times: number[] = [];
      for (const pause of between) {
        now += pause;
        const wait = waitFor(tally, rate, now);
        const recent = times.filter((time) => time > now - span);
        const perfect = recent.length < rate.max ? 0 : (recent.at(-rate.max) ?? 0) + span - now;
        expect(wait - perfect).toBeLessThanOrEqual(span / groupsInSpan);
        expect(waitFor(tally, rate, now + wait)).toBe(0);
        if (wait > 0) continue;
        tally = withMore(tally, rate, now);
        times.push(now);
      }
    }),
  );
});

it("stays strict when the clock is set back", () => {
  let tally: Tally = [];
  const now = 1_790_000_000_000;
  for (let n = 0; n < 7; n++) tally = withMore(tally, rate, now - n * 100_000);
  expect(waitFor(tally, rate, now - 700_000)).toBeGreaterThan(0);
});
