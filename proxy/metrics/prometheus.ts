/** Prometheus metrics, with labels that cannot grow: aliases, codes, calls, statuses. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { problems } from "../protocol/problems.ts";
import type { CircuitState, Metrics } from "./metrics.ts";

type PrometheusOptions = {
  /** Where the measurements are collected; each proxy has one of its own. */
  registry: Registry;
  /** The aliases there are; any other is counted as `other`. */
  agents: Iterable<string>;
};

const circuitStates: readonly CircuitState[] = ["closed", "half-open", "open"];
/** The calls of `Upstream`, and those it makes of itself. */
const calls = new Set([
  "face",
  "begin",
  "ask",
  "messages",
  "react",
  "forget",
  "picture",
  "citation",
  "recover",
]);
const failedStates = new Set(["timeout", "broken", "refused by us"]);

export function createPrometheusMetrics({ registry, agents }: PrometheusOptions): Metrics {
  const aliases = new Set(agents);
  const agentLabel = (agent: string) => (aliases.has(agent) ? agent : "other");
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `customgpt_widget_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `customgpt_widget_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `customgpt_widget_${name}`, help, labelNames: ["agent"], buckets, registers });

  const began = counter("questions_total", "Questions that were let through, to be asked upstream.", [
    "agent",
  ]);
  const ended = counter("turns_total", "Answers by how they ended.", ["agent", "outcome"]);
  const running = gauge("turns_running", "Answers being written.", ["agent"]);
  const first = histogram(
    "first_delta_seconds",
    "From a question's arrival to its answer's first words.",
    [0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 30, 60],
  );
  const whole = histogram(
    "turn_seconds",
    "From a question's arrival to its answer's end.",
    [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 300],
  );
  const length = histogram(
    "answer_characters",
    "How long answers are.",
    [100, 300, 1000, 3000, 10_000, 30_000],
  );
  const problemCount = counter("problems_total", "Refusals and failed answers by code.", ["code"]);
  const responses = counter("upstream_responses_total", "What upstream said, by call and status.", [
    "call",
    "state",
  ]);
  const readers = gauge("readers_open", "Connections that read an answer.", []);
  let countWaiting = () => 0;
  const circuit = gauge("upstream_circuit", "1 for the circuit's state, 0 for the others.", ["state"]);
  const redis = gauge("redis_here", "Whether Redis answers; absent without Redis.", []);
  const showCircuit = (state: CircuitState) => {
    for (const each of circuitStates) circuit.set({ state: each }, each === state ? 1 : 0);
  };

  const waiting = new Gauge({
    name: "customgpt_widget_upstream_waiting",
    help: "Questions waiting for their place upstream.",
    registers: [],
    collect() {
      this.set(countWaiting());
    },
  });
  registry.registerMetric(waiting);

  // What has not happened yet is shown as 0: a rate over a series that appears with its first event misses that event.
  for (const agent of aliases) {
    began.inc({ agent }, 0);
    running.set({ agent }, 0);
    for (const outcome of ["answered", "stopped", "failed"]) ended.inc({ agent, outcome }, 0);
    for (const each of [first, whole, length]) each.zero({ agent });
  }
  for (const code of Object.keys(problems)) problemCount.inc({ code }, 0);
  showCircuit("closed");
  registry.removeSingleMetric("customgpt_widget_redis_here");

  return {
    turnBegan(agent) {
      began.inc({ agent: agentLabel(agent) });
      running.inc({ agent: agentLabel(agent) });
    },
    firstDelta: (agent, milliseconds) => first.observe({ agent: agentLabel(agent) }, milliseconds / 1000),
    turnEnded(agent, { outcome, milliseconds, length: characters }) {
      const label = { agent: agentLabel(agent) };
      ended.inc({ ...label, outcome });
      running.dec(label);
      whole.observe(label, milliseconds / 1000);
      if (outcome === "answered") length.observe(label, characters);
    },
    problem: (code) => problemCount.inc({ code }),
    upstream: (call, state) =>
      responses.inc({ call: calls.has(call) ? call : "other", state: stateLabel(state) }),
    reader: (change) => readers.inc(change),
    waiting: (count) => void (countWaiting = count),
    circuit: showCircuit,
    redis(isHere) {
      registry.registerMetric(redis);
      redis.set(isHere ? 1 : 0);
    },
    budget: (left) => showBudget(registry, left),
  };
}

function stateLabel(state: number | string): string {
  if (typeof state === "number") return state >= 100 && state <= 599 ? String(Math.trunc(state)) : "other";
  return failedStates.has(state) ? state : "other";
}

/** Found out anew at each reading; what cannot be known just now is not shown, rather than shown as it once was. */
function showBudget(
  registry: Registry,
  left: () => Promise<{ day: number | null; month: number | null }>,
): void {
  const budget = new Gauge({
    name: "customgpt_widget_budget_left",
    help: "Questions that may still be spent; absent without a budget, and while it cannot be known.",
    labelNames: ["span"],
    registers: [],
    async collect() {
      this.reset();
      try {
        const { day, month } = await left();
        if (day !== null) this.set({ span: "day" }, day);
        if (month !== null) this.set({ span: "month" }, month);
      } catch {
        // Redis is away; `redis_here` says so.
      }
    },
  });
  registry.registerMetric(budget);
}
