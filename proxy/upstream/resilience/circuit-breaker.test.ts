/** Circuit breaker against callers at many addresses whose questions fail. */
import { describe, expect, it } from "vitest";
import { noMetrics } from "../../metrics/metrics.ts";
import { forRequest, type Who } from "../../metrics/request-id.ts";
import { createManualTime, settled } from "../../testing/manual-time.ts";
import { UpstreamFailure } from "../errors.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";

function open() {
  const time = createManualTime();
  const breaker = createCircuitBreaker({
    clock: time.clock,
    metrics: noMetrics,
    changed: () => {},
    checkAgent: async () => {},
  });
  /** One question; resolves with whether it was served. */
  function ask(who: Who, failure?: UpstreamFailure): Promise<boolean> {
    const signal = forRequest(new AbortController().signal, "request", who);
    const asked = breaker.run("ask", 7, signal, async () => {
      if (failure) throw failure;
    });
    return asked.then(
      () => true,
      () => false,
    );
  }
  return { time, ask };
}

const stranger = (place: number): Who => ({ visitor: `stranger ${place}`, address: `192.0.2.${place}` });
const honest = (place: number): Who => ({ visitor: `honest ${place}`, address: `203.0.113.${place}` });

describe("twelve strangers at twelve addresses, whose questions fail for ten minutes as often as they may ask", () => {
  it.each(["upstream-down", "agent-unavailable", "upstream-busy"] as const)(
    "as %s affect hardly any other visitor",
    async (code) => {
      const { time, ask } = open();
      let refused = 0;
      for (let second = 0; second < 600; second++) {
        for (let place = 0; place < 12; place++) void ask(stranger(place), new UpstreamFailure(code, ""));
        await settled();
        if (second % 15 === 14 && !(await ask(honest(second)))) refused++;
        await time.pass(1000);
      }
      expect(refused).toBeLessThan(3);
    },
  );

  it("with a wait of an hour make all visitors wait for a minute at most", async () => {
    const { time, ask } = open();
    const told = new UpstreamFailure("upstream-busy", "", 3600);
    for (let place = 0; place < 12; place++) await ask(stranger(place), told);
    expect(await ask(honest(1))).toBe(false);
    await time.pass(60_000);
    expect(await ask(honest(1))).toBe(true);
    for (let place = 0; place < 9; place++) await ask(stranger(place), told);
    expect(await ask(honest(2))).toBe(true);
    expect(await ask(stranger(1))).toBe(false);
  });
});
