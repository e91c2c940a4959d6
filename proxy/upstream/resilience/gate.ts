/** Gate to the service: lets calls through unless a pause or a breaker forbids it, and learns from their results. */
import type { Metrics } from "../../metrics/metrics.ts";
import { whoseCall, type Who } from "../../metrics/request-id.ts";
import { createRequestedPauses } from "./requested-pauses.ts";
import { createCircuit, type Circuit, type CircuitState, type Verdict } from "./circuit-breaker.ts";
import { UpstreamFailure } from "../errors.ts";
import { createOwnPauses } from "./own-pauses.ts";
import { createProbes } from "./probes.ts";
import { createRejectionBreaker } from "./rejection-breaker.ts";

type GateOptions = {
  /** Milliseconds since 1970. */
  clock: () => number;
  metrics: Pick<Metrics, "upstream">;
  changed: (state: CircuitState, detail: string) => void;
  /** The neutral call: holds nothing of any visitor's, and rejects with `UpstreamFailure` when the agent is not there. */
  look: (project: number) => Promise<void>;
};

/** What a call works with: to be called as soon as the service shows that it answers, before the call has ended. */
type Work<Result> = (healthy: () => void) => Promise<Result>;

export type Gate<Kind extends string> = {
  /** Of the calls that a question consists of. */
  state(): CircuitState;
  /** Rejects while calls of this kind may not go; first finds out by a call of our own where it is time to. */
  pass(kind: Kind, project: number, signal: AbortSignal): Promise<void>;
  /** Runs one call, or rejects as `pass`. */
  run<Result>(kind: Kind, project: number, signal: AbortSignal, work: Work<Result>): Promise<Result>;
  /** Makes the neutral call; rejects with what it came to, or why it may not go now. */
  look(project: number): Promise<void>;
};

/** Kinds of call that carry something of a visitor's, or are about something of theirs. */
type Known = "begin" | "ask" | "face";

/** A service that turns questions down may still show what was said: only they are held back for that. */
export function createGate<Kind extends string>(options: GateOptions): Gate<Kind | Known> {
  const { clock, metrics, changed } = options;
  const asked = createRequestedPauses<Kind | Known>(clock);
  const own = createOwnPauses(clock);
  const rejections = createRejectionBreaker(clock, (project) => probes.suspect(project));
  const questions = createCircuit({ clock, changed, proof: "ask", suspect: () => probes.suspect() });
  /** Ratings that fail, say, must keep nobody from asking. */
  const circuits = new Map<Kind | Known, Circuit>([
    ["begin", questions],
    ["ask", questions],
  ]);
  const probes = createProbes({ clock, look: options.look, begin: beginProbe });
  const isQuestion = (kind: Kind | Known) => kind === "begin" || kind === "ask";

  function circuitOf(kind: Kind | Known): Circuit {
    const circuit = circuits.get(kind) ?? createCircuit({ clock, suspect: () => probes.suspect() });
    circuits.set(kind, circuit);
    return circuit;
  }

  function beginProbe(project: number): (failure: UpstreamFailure | null) => void {
    const records = [...new Set(circuits.values())]
      .filter((circuit) => circuit === questions || circuit.isInDoubt())
      .map((circuit) => circuit.probe());
    const hear = rejections.probe(project);
    return (failure) => {
      if (failure?.retryAfter !== undefined) asked.everybody(failure);
      for (const record of records) record(failure?.code === "upstream-down" ? "down" : "healthy");
      hear(failure);
    };
  }

  function check(kind: Kind | Known, project: number, who: Who | undefined): void {
    // A conversation that cannot be asked anything need not be begun.
    asked.check(kind, ...(kind === "begin" ? (["ask"] as const) : []));
    circuitOf(kind).check();
    if (!isQuestion(kind)) return;
    rejections.check(project);
    own.check(who);
  }

  function learn(kind: Kind | Known, project: number, who: Who | undefined, failure: UpstreamFailure): void {
    if (failure.code === "upstream-busy" && failure.retryAfter !== undefined) {
      asked.note(kind, failure, who);
      if (who) own.pause(who, failure.retryAfter);
    }
    const isSuspicious = failure.code === "upstream-busy" || failure.code === "agent-unavailable";
    if (isSuspicious && who) probes.suspect(project);
    if (kind === "ask" && failure.code !== "answer-cut") own.failed(who);
  }

  /** Counts what is refused on our side. */
  function refusing<Result>(kind: Kind | Known, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      metrics.upstream(kind, "refused by us");
      throw error;
    }
  }

  const gate: Gate<Kind | Known> = {
    state: () => questions.state(),

    async pass(kind, project, signal) {
      if (circuitOf(kind).isInDoubt() || (isQuestion(kind) && rejections.isInDoubt(project))) {
        await probes.look(project).catch(() => {});
        signal.throwIfAborted();
      }
      refusing(kind, () => check(kind, project, whoseCall(signal)));
    },

    async run(kind, project, signal, work) {
      await gate.pass(kind, project, signal);
      probes.note(project);
      // What begins a conversation holds nothing of its visitor's.
      const who = kind === "begin" ? undefined : whoseCall(signal);
      const record = circuitOf(kind).begin(kind, who);
      const hear = isQuestion(kind) ? rejections.begin(kind, project, who) : () => {};
      const healthy = () => {
        record("healthy");
        hear(null);
        if (kind === "ask") own.served(who);
      };
      try {
        const result = await work(healthy);
        healthy();
        return result;
      } catch (error) {
        const isTold = error instanceof UpstreamFailure && !signal.aborted && !error.isOurs;
        if (isTold) learn(kind, project, who, error);
        record(isTold ? verdictOf(error) : "unknown");
        hear(isTold ? error : undefined);
        throw error;
      }
    },

    async look(project) {
      const wasOpen = questions.state() !== "closed";
      asked.check("face");
      if (!questions.isInDoubt()) questions.check();
      if (!rejections.isInDoubt(project)) rejections.checkAccount();
      await probes.look(project).catch((error: unknown) => {
        if (wasOpen) questions.check();
        throw error;
      });
    },
  };
  return gate;
}

function verdictOf({ code }: UpstreamFailure): Verdict {
  if (code === "upstream-down") return "down";
  // Said of the words, be it by the service or by a firewall in front of it.
  return code === "bad-request" || code === "too-long" ? "unknown" : "healthy";
}
