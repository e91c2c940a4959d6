/** Prometheus counters, gauges and histograms of the proxy: names, help texts, labels and buckets. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

const prefix = "customgpt_widget_";

function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    counter: <Label extends string>(name: string, help: string, labelNames: Label[]) =>
      new Counter({ name: `${prefix}${name}`, help, labelNames, registers }),
    gauge: <Label extends string>(name: string, help: string, labelNames: Label[]) =>
      new Gauge({ name: `${prefix}${name}`, help, labelNames, registers }),
    histogram: (name: string, help: string, buckets: number[]) =>
      new Histogram({ name: `${prefix}${name}`, help, labelNames: ["agent"], buckets, registers }),
  };
}

export type TurnMetrics = ReturnType<typeof createTurnMetrics>;

export function createTurnMetrics(registry: Registry) {
  const { counter, gauge, histogram } = createInstruments(registry);
  return {
    began: counter("questions_total", "Questions that were let through, to be asked upstream.", ["agent"]),
    ended: counter("turns_total", "Answers by how they ended.", ["agent", "outcome"]),
    running: gauge("turns_running", "Answers being written.", ["agent"]),
    first: histogram(
      "first_delta_seconds",
      "From a question's arrival to its answer's first words.",
      [0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 30, 60],
    ),
    whole: histogram(
      "turn_seconds",
      "From a question's arrival to its answer's end.",
      [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 300],
    ),
    length: histogram("answer_characters", "How long answers are.", [100, 300, 1000, 3000, 10_000, 30_000]),
  };
}

export function createServiceMetrics(registry: Registry) {
  const { counter, gauge } = createInstruments(registry);
  const metrics = {
    problems: counter("problems_total", "Refusals and failed answers by code.", ["code"]),
    responses: counter("upstream_responses_total", "What upstream said, by call and status.", [
      "call",
      "state",
    ]),
    readers: gauge("readers_open", "Connections that read an answer.", []),
    circuit: gauge("upstream_circuit", "1 for the circuit's state, 0 for the others.", ["state"]),
    /** Registered once Redis is used. */
    redis: gauge("redis_here", "Whether Redis answers; absent without Redis.", []),
  };
  registry.removeSingleMetric(`${prefix}redis_here`);
  return metrics;
}

/** Gauge that is computed at each reading; returns a function that sets how. */
export function addWaitingGauge(registry: Registry): (count: () => number) => void {
  let countWaiting = () => 0;
  const waiting = new Gauge({
    name: `${prefix}upstream_waiting`,
    help: "Questions waiting for their place upstream.",
    registers: [],
    collect() {
      this.set(countWaiting());
    },
  });
  registry.registerMetric(waiting);
  return (count) => void (countWaiting = count);
}

/** Gauge that is read from the budget each time; a value that cannot be read is left out, not shown as it was before. */
export function addBudgetGauge(
  registry: Registry,
  left: () => Promise<{ day: number | null; month: number | null }>,
): void {
  const budget = new Gauge({
    name: `${prefix}budget_left`,
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
