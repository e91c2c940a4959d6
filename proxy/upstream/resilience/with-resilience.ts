/** Upstream with bulkheads, a circuit breaker and caches, which keep a crowd, or one visitor who never stops, from the service. */
import { noMetrics, type Metrics } from "../../metrics/metrics.ts";
import { forRequest, requestOf, whoseCall } from "../../metrics/request-id.ts";
import type { Schedule } from "../../schedule.ts";
import { createTranscriptCache } from "../answer/transcript-cache.ts";
import type { CallKind, Picture, Upstream } from "../types.ts";
import { createBulkheads } from "./bulkheads.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import type { CircuitState } from "./circuit.ts";
import { laneOf } from "./lanes.ts";
import { createQuestionCalls, type Shared } from "./question-calls.ts";
import { createSingleFlight } from "./single-flight.ts";

/** For the operator: the circuit changed. */
export type ResilienceLogEntry = { circuit: CircuitState; detail: string };

export type ResilienceOptions = {
  /** Questions that are answered at a time. A quarter as many other calls run beside them, and as many pictures. */
  concurrency: number;
  /** Questions that may wait; as many other calls and as many pictures. */
  queueLength: number;
  /** Milliseconds that each waits at most. */
  queueMs: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  schedule: Schedule;
  metrics?: Metrics;
  log?: (entry: ResilienceLogEntry) => void;
};

/** Questions that are answered now and that wait, and whether the service is called at all. */
type ResilienceState = { running: number; waiting: number; circuit: CircuitState };

export type ResilientUpstream = Upstream & { state(): ResilienceState };

/**
 * The same service behind bulkheads, the pauses it asked for, and a circuit breaker. What is refused here is
 * `upstream-busy` with a wait, and never reached the service. Nothing is repeated.
 */
export function withResilience(upstream: Upstream, options: ResilienceOptions): ResilientUpstream {
  const { clock, schedule, log, metrics = noMetrics } = options;
  const breaker = createCircuitBreaker({
    clock,
    metrics,
    changed: (circuit, detail) => log?.({ circuit, detail }),
    checkAgent: (project) => upstream.checkAgent(project, new AbortController().signal),
  });
  const bulkheads = createBulkheads({ ...options, metrics });
  const shared = { upstream, breaker, bulkheads, transcripts: createTranscriptCache(clock) };
  const runShort = createShortCalls(shared);
  return {
    ...upstream,
    state: () => ({ ...bulkheads.questions.count(), circuit: breaker.state() }),
    /** For the operator, and the probe of the circuit breaker; not queued. */
    checkAgent: (project) => breaker.probe(project),
    ...createQuestionCalls(shared, schedule),
    ...createConversationCalls(shared, runShort),
    ...createAgentCalls(shared, runShort),
  };
}

type ShortCalls = ReturnType<typeof createShortCalls>;

/** Runs the short calls. `own` is the lane of a call whose visitor is not known. */
function createShortCalls({ breaker, bulkheads }: Shared) {
  return async function runShort<Result>(
    kind: CallKind,
    project: number,
    own: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    await breaker.pass(kind, project, signal);
    const leave = await bulkheads.others.enter(kind, laneOf(signal, own), signal);
    return breaker.run(kind, project, signal, work).finally(leave);
  };
}

function createConversationCalls(
  { upstream, transcripts }: Shared,
  runShort: ShortCalls,
): Pick<Upstream, "messages" | "react" | "forget"> {
  return {
    messages: (project, session, signal) =>
      transcripts.read(session, signal, (shared) => {
        const theirs = forRequest(shared, requestOf(signal) ?? "", whoseCall(signal));
        const read = () => upstream.messages(project, session, theirs);
        return runShort("messages", project, session, theirs, read);
      }),

    async react(project, session, message, reaction, signal) {
      if (transcripts.isRated(session, message, reaction)) return;
      const react = () => upstream.react(project, session, message, reaction, signal);
      await runShort("react", project, session, signal, react);
      transcripts.rated(session, message, reaction);
      transcripts.changed(session);
    },

    forget: (project, session, signal) => {
      const forget = () => upstream.forget(project, session, signal);
      return runShort("forget", project, session, signal, forget).finally(() => transcripts.changed(session));
    },
  };
}

function createAgentCalls(
  { upstream, bulkheads }: Shared,
  runShort: ShortCalls,
): Pick<Upstream, "profile" | "picture"> {
  const joinProfile = createSingleFlight<Awaited<ReturnType<Upstream["profile"]>>>();
  const joinPicture = createSingleFlight<Picture>();
  /** Projects whose profile `upstream` has cached, and returns by itself while the service is away. */
  const cached = new Set<number>();

  return {
    profile: (project, signal) =>
      joinProfile(String(project), signal, async (shared) => {
        if (cached.has(project)) return upstream.profile(project, shared);
        const profile = await runShort("profile", project, "profile", shared, () =>
          upstream.profile(project, shared),
        );
        cached.add(project);
        return profile;
      }),

    /** Pictures come from other hosts: their failures say nothing about the service. */
    picture: (address, signal) =>
      joinPicture(address, signal, async (shared) => {
        const host = URL.canParse(address) ? new URL(address).host : "";
        const leave = await bulkheads.pictures.enter("picture", { lane: host, own: "" }, shared);
        return upstream.picture(address, shared).finally(leave);
      }),
  };
}
