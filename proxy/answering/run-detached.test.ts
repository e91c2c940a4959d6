/** Unexpected errors while an answer is written, after its request was accepted. */
import { describe, expect, it } from "vitest";
import { noMetrics } from "../metrics/metrics.ts";
import { createFakeProxy, turnId } from "../testing/fake-proxy.ts";
import { readRefusal } from "../testing/read-events.ts";

describe("an unexpected error", () => {
  it("ends the turn with a problem, releases its stream and is logged, for a first question and a follow-up", async () => {
    let isBroken = false;
    const turnBegan = () => {
      if (isBroken) throw new TypeError("a mistake about the word pomegranate");
    };
    const proxy = createFakeProxy({}, new Map(), null, { ...noMetrics, turnBegan });
    const { conversation, visitor } = await proxy.conversation();
    isBroken = true;
    const first = proxy.call("POST", "/v1/agents/default/conversations", {
      body: { prompt: "When?", turn: turnId(50) },
    });
    const further = proxy.call("POST", `/v1/conversations/${conversation}/messages`, {
      token: visitor,
      body: { prompt: "And on Monday?", turn: turnId(51) },
    });
    for (const response of [first, further])
      expect((await readRefusal(await response)).code).toBe("upstream-down");
    expect(proxy.admission.ended).toBe(3);
    const errors = proxy.logged.filter((line) => "error" in line);
    expect(errors).toMatchObject([
      { error: "TypeError", message: "unexpected error" },
      { error: "TypeError", message: "unexpected error" },
    ]);
    expect(JSON.stringify(errors)).not.toContain("pomegranate");
  });
});
