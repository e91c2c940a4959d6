/** Tests of the metrics after failed questions. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { aboutHours, openBakery, type Bakery } from "../testing/bakery.ts";

const token = "operators-own-metrics-token";
let bakery: Bakery;

beforeEach(async () => {
  bakery = await openBakery({ METRICS_TOKEN: token });
});
afterEach(() => bakery.close());

/** The counters that count something, by their names and labels. */
async function counted(): Promise<Record<string, number>> {
  const text = await (await bakery.send("GET", "/metrics", { token })).text();
  const found = text.matchAll(/^customgpt_widget_((?:problems|turns|questions)_total\{.*\}) ([1-9]\d*)$/gm);
  return Object.fromEntries(Array.from(found, ([, name = "", value]) => [name, Number(value)]));
}

it("a question whose conversation could not be started is one failed answer, and one problem", async () => {
  bakery.standin.faults.on("unauthorized", { call: "create-conversation" });
  expect((await bakery.start(aboutHours)).status).toBe(502);
  expect(await counted()).toEqual({
    'problems_total{code="agent-unavailable"}': 1,
    'questions_total{agent="default"}': 1,
    'turns_total{agent="default",outcome="failed"}': 1,
  });
});

it("a question that fails before its first text is one problem, in a stream or not", async () => {
  bakery.standin.faults.on("unauthorized", { call: "send" });
  expect((await bakery.start(aboutHours)).status).toBe(502);
  expect(await counted()).toMatchObject({
    'problems_total{code="agent-unavailable"}': 1,
    'turns_total{agent="default",outcome="failed"}': 1,
  });
});

it("a request that is refused by middleware is one problem and no answer", async () => {
  expect((await bakery.start("")).status).toBe(400);
  expect(await counted()).toEqual({ 'problems_total{code="bad-request"}': 1 });
});
