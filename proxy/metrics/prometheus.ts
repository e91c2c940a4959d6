/** Prometheus metrics, with labels that cannot grow: aliases, codes, calls, statuses. */
import type { Gauge, Registry } from "prom-client";
import { problems } from "../protocol/problems.ts";
import { addBudgetGauge, addWaitingGauge, createServiceMetrics, createTurnMetrics } from "./instruments.ts";
import type { TurnMetrics } from "./instruments.ts";
import type { CircuitState, Metrics } from "./metrics.ts";

type PrometheusOptions = {
  /** Registry of this proxy; proxies in one process share none. */
  registry: Registry;
  /** The known aliases; any other is counted as `other`. */
  agents: Iterable<string>;
};

const circuitStates: readonly CircuitState[] = ["closed", "half-open", "open"];
/** The calls of `Upstream`, and those that it makes by itself. */
const calls = new Set([
  "profile",
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
  const label = (agent: string) => ({ agent: aliases.has(agent) ? agent : "other" });
  const turns = createTurnMetrics(registry);
  const service = createServiceMetrics(registry);
  const setWaiting = addWaitingGauge(registry);
  startAtZero(turns, aliases);
  for (const code of Object.keys(problems)) service.problems.inc({ code }, 0);
  showCircuit(service.circuit, "closed");

  return {
    turnBegan(agent) {
      turns.began.inc(label(agent));
      turns.running.inc(label(agent));
    },
    firstDelta: (agent, milliseconds) => turns.first.observe(label(agent), milliseconds / 1000),
    turnEnded(agent, { outcome, milliseconds, length }) {
      turns.ended.inc({ ...label(agent), outcome });
      turns.running.dec(label(agent));
      turns.whole.observe(label(agent), milliseconds / 1000);
      if (outcome === "answered") turns.length.observe(label(agent), length);
    },
    problem: (code) => service.problems.inc({ code }),
    upstream: (call, state) =>
      service.responses.inc({ call: calls.has(call) ? call : "other", state: stateLabel(state) }),
    reader: (change) => service.readers.inc(change),
    waiting: setWaiting,
    circuit: (state) => showCircuit(service.circuit, state),
    redis(isHere) {
      registry.registerMetric(service.redis);
      service.redis.set(isHere ? 1 : 0);
    },
    budget: (left) => addBudgetGauge(registry, left),
  };
}

/** Shows 0 for what has not happened: a rate over a series that appears with its first event misses that event. */
function startAtZero({ began, running, ended, first, whole, length }: TurnMetrics, aliases: Set<string>) {
  for (const agent of aliases) {
    began.inc({ agent }, 0);
    running.set({ agent }, 0);
    for (const outcome of ["answered", "stopped", "failed"]) ended.inc({ agent, outcome }, 0);
    for (const each of [first, whole, length]) each.zero({ agent });
  }
}

function showCircuit(gauge: Gauge<"state">, state: CircuitState): void {
  for (const each of circuitStates) gauge.set({ state: each }, each === state ? 1 : 0);
}

function stateLabel(state: number | string): string {
  if (typeof state === "number") return state >= 100 && state <= 599 ? String(Math.trunc(state)) : "other";
  return failedStates.has(state) ? state : "other";
}
