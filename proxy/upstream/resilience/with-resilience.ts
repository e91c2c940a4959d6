/** Upstream with queue, pauses and circuit breakers: neither a thousand visitors nor one who never stops is a storm there. */
import { noMetrics, type Metrics } from "../../metrics/metrics.ts";
import { forRequest, requestOf, whoseCall } from "../../metrics/request-id.ts";
import type { CircuitState } from "./circuit.ts";
import { NotAsked, UpstreamFailure } from "../errors.ts";
import { createFairQueue, type FairQueue } from "./fair-queue.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createReservedSlots } from "./reserved-slots.ts";
import { createKeptTranscripts } from "../answer/transcript-cache.ts";
import type { Lane } from "./lanes.ts";
import type { Schedule } from "../../schedule.ts";
import { createSingleFlight } from "./single-flight.ts";
import type { AnswerSink, Picture, Upstream, UpstreamQuestion } from "../types.ts";

/** For the operator: the circuit changed. */
export type ResilienceLogEntry = { circuit: CircuitState; detail: string };

export type ResilienceOptions = {
  /** Questions that are answered at a time. A quarter as many other calls go beside them, and as many pictures. */
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

/** How things stand with questions: answered now, waiting; and whether the service is called at all. */
type ResilienceState = { running: number; waiting: number; circuit: CircuitState };

export type ResilientUpstream = Upstream & { state(): ResilienceState };

type Kind = Exclude<keyof Upstream, "close">;

/**
 * The same service behind a queue, the pauses it asked for, and a circuit. What is refused here is `upstream-busy` with
 * a wait, and never went up. Nothing is repeated.
 */
export function withResilience(upstream: Upstream, options: ResilienceOptions): ResilientUpstream {
  const { concurrency, queueLength: length, queueMs: longestMs, clock, schedule, log } = options;
  const metrics = options.metrics ?? noMetrics;
  const queueOf = (concurrency: number) => createFairQueue({ concurrency, length, longestMs, schedule });
  const questions = queueOf(concurrency);
  const others = queueOf(Math.ceil(concurrency / 4));
  const pictures = queueOf(Math.ceil(concurrency / 4));
  // Where an instance died, its answers are all looked for at once, for a minute each; none may be lost to impatience.
  const recoveries = createFairQueue({ concurrency, length: 10_000, longestMs: 600_000, schedule });
  const reserved = createReservedSlots(schedule);
  const breaker = createCircuitBreaker({
    clock,
    metrics,
    changed: (state, detail) => log?.({ circuit: state, detail }),
    look: (project) => upstream.look(project, new AbortController().signal),
  });
  const transcripts = createKeptTranscripts(clock);
  const joinFace = createSingleFlight<Awaited<ReturnType<Upstream["face"]>>>();
  const joinPicture = createSingleFlight<Picture>();
  /** Projects whose face the client below has once had, and shows again by itself while the service is away. */
  const seen = new Set<number>();

  async function enter(queue: FairQueue, kind: Kind, lane: Lane, signal: AbortSignal): Promise<() => void> {
    return queue.enter(lane, signal).catch((error: unknown) => {
      if (error instanceof UpstreamFailure) metrics.upstream(kind, "refused by us");
      throw error;
    });
  }

  /** One of the calls that are short. `own` tells those apart who are behind one address. */
  async function other<Result>(
    kind: Kind,
    project: number,
    own: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    await breaker.pass(kind, project, signal);
    const leave = await enter(others, kind, laneOf(signal, own), signal);
    return breaker.run(kind, project, signal, work).finally(leave);
  }

  /** The place in which a question is asked; throws `NotAsked` when it is stopped before it has one. */
  async function placeFor({ project, session }: UpstreamQuestion, signal: AbortSignal): Promise<() => void> {
    let leave = reserved.take(session);
    try {
      signal.throwIfAborted();
      await breaker.pass("ask", project, signal);
      leave ??= await enter(questions, "ask", laneOf(signal, session), signal);
      signal.throwIfAborted();
      return leave;
    } catch (error) {
      leave?.();
      throw signal.aborted ? new NotAsked(signal.reason) : error;
    }
  }

  return {
    ...upstream,
    state: () => ({ ...questions.count(), circuit: breaker.state() }),

    async begin(project, name, signal) {
      signal.throwIfAborted();
      await breaker.pass("begin", project, signal);
      const leave = await enter(questions, "begin", laneOf(signal, `new in ${project}`), signal);
      try {
        const session = await breaker.run("begin", project, signal, () =>
          upstream.begin(project, name, signal),
        );
        reserved.keep(session, leave, signal);
        return session;
      } catch (error) {
        leave();
        throw error;
      }
    },

    async ask(question, sink, signal) {
      const { project, session } = question;
      const leave = await placeFor(question, signal);
      transcripts.changed(session);
      const asked = (healthy: () => void) => upstream.ask(question, noticed(sink, healthy), signal);
      return breaker.run("ask", project, signal, asked).finally(() => {
        transcripts.changed(session);
        leave();
      });
    },

    /** Tries again by itself while the service is away, so neither a pause nor the circuit is in its way. */
    async recover(question, soFar, sink, signal) {
      const leave = await enter(recoveries, "recover", laneOf(signal, question.session), signal);
      return upstream.recover(question, soFar, sink, signal).finally(leave);
    },

    messages: (project, session, signal) =>
      transcripts.read(session, signal, (shared) => {
        const theirs = forRequest(shared, requestOf(signal) ?? "", whoseCall(signal));
        const read = () => upstream.messages(project, session, theirs);
        return other("messages", project, session, theirs, read);
      }),
    async react(project, session, message, reaction, signal) {
      if (transcripts.isRated(session, message, reaction)) return;
      const react = () => upstream.react(project, session, message, reaction, signal);
      await other("react", project, session, signal, react);
      transcripts.rated(session, message, reaction);
      transcripts.changed(session);
    },
    forget: (project, session, signal) =>
      other("forget", project, session, signal, () => upstream.forget(project, session, signal)).finally(() =>
        transcripts.changed(session),
      ),

    /** The neutral call: for the operator, and by which the circuit finds out; past the queue. */
    look: (project) => breaker.look(project),

    /** The client below remembers faces, so everyone who wants the same one goes as one, and a seen one needs no leave. */
    face: (project, signal) =>
      joinFace(String(project), signal, async (shared) => {
        if (seen.has(project)) return upstream.face(project, shared);
        const face = await other("face", project, "face", shared, () => upstream.face(project, shared));
        seen.add(project);
        return face;
      }),

    /** Pictures come from anywhere: what becomes of them says nothing about the service. */
    picture: (address, signal) =>
      joinPicture(address, signal, async (shared) => {
        const host = URL.canParse(address) ? new URL(address).host : "";
        const leave = await enter(pictures, "picture", { lane: host, own: "" }, shared);
        return upstream.picture(address, shared).finally(leave);
      }),
  };
}

/** One lane a network address, in which each visitor has one; `own` where it is not known whose call it is. */
function laneOf(signal: AbortSignal, own: string): Lane {
  const who = whoseCall(signal);
  return who ? { lane: `from ${who.address ?? "unknown"}`, own: who.visitor } : { lane: own, own };
}

/** The same sink, which tells of its first piece: a long answer must not keep others waiting for its end. */
function noticed(sink: AnswerSink, first: () => void): AnswerSink {
  let isFirst = true;
  return {
    ...sink,
    delta(text) {
      if (isFirst) first();
      isFirst = false;
      sink.delta(text);
    },
  };
}
