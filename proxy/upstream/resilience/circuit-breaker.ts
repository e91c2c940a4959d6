/** Circuit breaker: lets calls pass unless a circuit is open or a pause runs, and learns from their results. */
import type { Metrics } from "../../metrics/metrics.ts";
import { whoseCall, type Who } from "../../metrics/request-id.ts";
import { UpstreamFailure } from "../errors.ts";
import type { CircuitState } from "./circuit.ts";
import type { CallKind } from "../types.ts";
import { createCircuits, isQuestion } from "./circuits.ts";
import { createCallerPauses, createRequestedPauses } from "./pauses.ts";
import { createProbes } from "./probes.ts";

type Options = {
  /** Milliseconds since 1970. */
  clock: () => number;
  metrics: Pick<Metrics, "upstream">;
  changed: (state: CircuitState, detail: string) => void;
  /** Calls the service with nothing of a visitor's; rejects with `UpstreamFailure` when the agent is not there. */
  checkAgent: (project: number) => Promise<void>;
};

/** A call; it calls `healthy` as soon as the service shows that it answers, before the call has ended. */
type Work<Result> = (healthy: () => void) => Promise<Result>;

export type CircuitBreaker = {
  /** Of the calls that a question consists of. */
  state(): CircuitState;
  /** Rejects while calls of this kind may not pass; first makes a probe where one is due. */
  pass(kind: CallKind, project: number, signal: AbortSignal): Promise<void>;
  /** Runs one call, or rejects as `pass`. */
  run<Result>(kind: CallKind, project: number, signal: AbortSignal, work: Work<Result>): Promise<Result>;
  /** Makes a probe; rejects with its failure, or with why it may not be made now. */
  probe(project: number): Promise<void>;
};

/** A call and for whom it is made. */
type Call = { kind: CallKind; project: number; who: Who | undefined };

export function createCircuitBreaker(options: Options): CircuitBreaker {
  const guards = createGuards(options);
  const { circuits, requested, probes } = guards;
  const { questions, account } = circuits;

  async function pass(kind: CallKind, project: number, signal: AbortSignal): Promise<void> {
    if (circuits.passedBy(kind, project).some((circuit) => circuit.needsProbe())) {
      await probes.probe(project).catch(() => {});
      signal.throwIfAborted();
    }
    try {
      check(guards, { kind, project, who: whoseCall(signal) });
    } catch (error) {
      options.metrics.upstream(kind, "refused by us");
      throw error;
    }
  }

  return {
    state: () => questions.state(),
    pass,

    async run(kind, project, signal, work) {
      await pass(kind, project, signal);
      probes.note(project);
      // A call that starts a conversation carries nothing of its visitor's.
      const call = { kind, project, who: kind === "begin" ? undefined : whoseCall(signal) };
      const report = startCall(guards, call);
      const healthy = () => report(null);
      try {
        const result = await work(healthy);
        healthy();
        return result;
      } catch (error) {
        if (error instanceof UpstreamFailure && !signal.aborted && !error.isOurs) report(error);
        throw error;
      }
    },

    async probe(project) {
      const wasOpen = questions.state() !== "closed";
      requested.check("profile");
      if (!questions.needsProbe()) questions.check();
      const isRejectionDue = account.needsProbe() || circuits.agent(project).needsProbe();
      if (!isRejectionDue) account.check();
      await probes.probe(project).catch((error: unknown) => {
        if (wasOpen) questions.check();
        throw error;
      });
    },
  };
}

/** Everything that can refuse a call. */
function createGuards({ clock, changed, checkAgent }: Options) {
  const requested = createRequestedPauses<CallKind>(clock);
  const callers = createCallerPauses(clock);
  const circuits = createCircuits({ clock, changed, suspect: (project) => probes.suspect(project) });
  const probes = createProbes({ clock, checkAgent, startProbe });

  function startProbe(project: number): (failure: UpstreamFailure | null) => void {
    const reports = circuits.probedBy(project).map((circuit) => circuit.probe());
    return (failure) => {
      if (failure?.retryAfter !== undefined) requested.pauseAll(failure);
      for (const report of reports) report(failure);
    };
  }

  return { requested, callers, circuits, probes };
}

type Guards = ReturnType<typeof createGuards>;

/** Throws where the call may not pass. */
function check({ requested, callers, circuits }: Guards, { kind, project, who }: Call): void {
  // A conversation in which nothing can be asked need not be started.
  requested.check(kind, ...(kind === "begin" ? (["ask"] as const) : []));
  for (const circuit of circuits.passedBy(kind, project)) circuit.check();
  if (isQuestion(kind)) callers.check(who);
}

/** A visitor's call starts; what this returns records its failure, or null where the service is healthy. */
function startCall(guards: Guards, call: Call): (failure: UpstreamFailure | null) => void {
  const { kind, project, who } = call;
  const reports = guards.circuits.passedBy(kind, project).map((circuit) => circuit.startCall(kind, who));
  return (failure) => {
    if (failure) recordFailure(guards, call, failure);
    for (const report of reports) report(failure);
    if (!failure && kind === "ask") guards.callers.served(who);
  };
}

function recordFailure({ requested, callers, probes }: Guards, call: Call, failure: UpstreamFailure): void {
  const { kind, project, who } = call;
  const { code, retryAfter } = failure;
  if (code === "upstream-busy" && retryAfter !== undefined) {
    requested.record(kind, failure, who);
    if (who) callers.pause(who, retryAfter);
  }
  if ((code === "upstream-busy" || code === "agent-unavailable") && who) probes.suspect(project);
  if (kind === "ask" && code !== "answer-cut") callers.failed(who);
}
