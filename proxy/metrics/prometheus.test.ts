/** Tests of the metrics that Prometheus reads. */
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import type { Metrics } from "./metrics.ts";
import { createPrometheusMetrics } from "./prometheus.ts";

function opened(): { metrics: Metrics; read: () => Promise<string> } {
  const registry = new Registry();
  const metrics = createPrometheusMetrics({ registry, agents: ["default", "help"] });
  return { metrics, read: () => registry.metrics() };
}

const shown = (text: string, name: string) =>
  text.split("\n").filter((line) => line.startsWith(`customgpt_widget_${name}`));

it("counts answers by agent and by how they ended, and how many are being written", async () => {
  const { metrics, read } = opened();
  metrics.turnBegan("help");
  metrics.turnBegan("help");
  metrics.turnEnded("help", { outcome: "answered", milliseconds: 1500, length: 250 });
  const text = await read();
  expect(text).toContain('questions_total{agent="help"} 2');
  expect(text).toContain('turns_total{agent="help",outcome="answered"} 1');
  expect(text).toContain('turns_total{agent="help",outcome="failed"} 0');
  expect(text).toContain('turns_running{agent="help"} 1');
  expect(text).toContain('turn_seconds_sum{agent="help"} 1.5');
  expect(text).toContain('answer_characters_bucket{le="300",agent="help"} 1');
});

it("measures the wait for the first words in seconds", async () => {
  const { metrics, read } = opened();
  metrics.firstDelta("default", 400);
  const text = await read();
  expect(text).toContain('first_delta_seconds_bucket{le="0.25",agent="default"} 0');
  expect(text).toContain('first_delta_seconds_bucket{le="0.5",agent="default"} 1');
});

it("does not count the length of an answer that failed", async () => {
  const { metrics, read } = opened();
  metrics.turnEnded("default", { outcome: "failed", milliseconds: 5, length: 3 });
  expect(await read()).toContain('answer_characters_count{agent="default"} 0');
});

it("shows the circuit, what waits, who reads, problems and what upstream said", async () => {
  const { metrics, read } = opened();
  metrics.circuit("open");
  metrics.waiting(() => 1);
  metrics.reader(1);
  metrics.reader(1);
  metrics.reader(-1);
  metrics.problem("too-many");
  metrics.upstream("ask", 429);
  metrics.upstream("ask", "timeout");
  const text = await read();
  expect(text).toContain('upstream_circuit{state="open"} 1');
  expect(text).toContain('upstream_circuit{state="closed"} 0');
  expect(text).toContain("upstream_waiting 1");
  expect(text).toContain("readers_open 1");
  expect(text).toContain('problems_total{code="too-many"} 1');
  expect(text).toContain('problems_total{code="budget-used-up"} 0');
  expect(text).toContain('upstream_responses_total{call="ask",state="429"} 1');
  expect(text).toContain('upstream_responses_total{call="ask",state="timeout"} 1');
});

it("has no label that somebody outside could write", async () => {
  const { metrics, read } = opened();
  metrics.turnBegan("__proto__");
  for (let number = 0; number < 1000; number++) {
    metrics.turnBegan(`made-up-${number}`);
    metrics.upstream(`made-up-${number}`, 1000 + number);
  }
  const text = await read();
  expect(shown(text, "questions_total")).toHaveLength(3);
  expect(text).toContain('questions_total{agent="other"} 1001');
  expect(text).toContain('upstream_responses_total{call="other",state="other"} 1000');
});

it("asks for the budget at each reading, and shows nothing where nothing is known", async () => {
  const { metrics, read } = opened();
  expect(await read()).not.toContain("budget_left");
  let left: () => Promise<{ day: number | null; month: number | null }> = async () => ({
    day: 7,
    month: null,
  });
  metrics.budget(() => left());
  expect(shown(await read(), "budget_left")).toEqual(['customgpt_widget_budget_left{span="day"} 7']);
  left = async () => ({ day: 6, month: 50 });
  expect(shown(await read(), "budget_left")).toHaveLength(2);
  left = () => Promise.reject(new Error("away"));
  expect(shown(await read(), "budget_left")).toEqual([]);
});

it("shows Redis only where there is one", async () => {
  const { metrics, read } = opened();
  expect(await read()).not.toContain("redis_here");
  metrics.redis(true);
  expect(await read()).toContain("redis_here 1");
  metrics.redis(false);
  expect(await read()).toContain("redis_here 0");
});
