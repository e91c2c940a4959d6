/** Stands between our visitors and the service: a thousand of them at once, or one who never stops, is no storm there. */
import { noMeters, type Meters } from "../meters/meters.ts";
import type { CircuitState } from "./circuit.ts";
import { NotAsked, UpstreamFailure } from "./failures.ts";
import { createFairQueue, type FairQueue } from "./fair-queue.ts";
import { createGate } from "./gate.ts";
import { createHeldPlaces } from "./held-places.ts";
import type { Schedule } from "./schedule.ts";
import { createSharedFlights } from "./shared-flight.ts";
import type { AnswerSink, Picture, Upstream, UpstreamQuestion } from "./upstream.ts";

/** For the operator: the circuit changed. */
export type ShelterLogEntry = { circuit: CircuitState; detail: string };

export type ShelterOptions = {
  /** Questions that are answered at a time. A quarter as many other calls go beside them, and as many pictures. */
  concurrency: number;
  /** Questions that may wait; as many other calls and as many pictures. */
  queueLength: number;
  /** Milliseconds that each waits at most. */
  queueMs: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  schedule: Schedule;
  meters?: Meters;
  log?: (entry: ShelterLogEntry) => void;
};

/** How things stand with questions: answered now, waiting; and whether the service is called at all. */
export type ShelterState = { running: number; waiting: number; circuit: CircuitState };

export type ShelteredUpstream = Upstream & { state(): ShelterState };

type Kind = Exclude<keyof Upstream, "close">;

/**
 * The same service behind a queue, the pauses it asked for, and a circuit. What is refused here is `upstream-busy` with
 * a wait, and never went up. Nothing is repeated.
 */
export function sheltered(upstream: Upstream, options: ShelterOptions): ShelteredUpstream {
  const { concurrency, queueLength: length, queueMs: longestMs, clock, schedule, log } = options;
  const meters = options.meters ?? noMeters;
  const queueOf = (concurrency: number) => createFairQueue({ concurrency, length, longestMs, schedule });
  const questions = queueOf(concurrency);
  const others = queueOf(Math.ceil(concurrency / 4));
  const pictures = queueOf(Math.ceil(concurrency / 4));
  // Where an instance died, its answers are all looked for at once, for a minute each; none may be lost to impatience.
  const recoveries = createFairQueue({ concurrency, length: 10_000, longestMs: 600_000, schedule });
  const held = createHeldPlaces(schedule);
  const gate = createGate<Kind>({
    clock,
    meters,
    changed: (state, detail) => log?.({ circuit: state, detail }),
  });
  const joinFace = createSharedFlights<Awaited<ReturnType<Upstream["face"]>>>();
  const joinPicture = createSharedFlights<Picture>();
  /** Projects whose face the client below has once had, and shows again by itself while the service is away. */
  const seen = new Set<number>();

  async function enter(queue: FairQueue, kind: Kind, lane: string, signal: AbortSignal): Promise<() => void> {
    return queue.enter(lane, signal).catch((error: unknown) => {
      if (error instanceof UpstreamFailure) meters.upstream(kind, "refused by us");
      throw error;
    });
  }

  /** One of the calls that are short: queued by conversation. */
  async function other<Result>(
    kind: Kind,
    lane: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    gate.refusing(kind, () => gate.check(kind));
    const leave = await enter(others, kind, lane, signal);
    return gate.run(kind, signal, work).finally(leave);
  }

  /** The place in which a question is asked; throws `NotAsked` when it is stopped before it has one. */
  async function placeFor({ project, session }: UpstreamQuestion, signal: AbortSignal): Promise<() => void> {
    let leave = held.take(session);
    try {
      signal.throwIfAborted();
      gate.refusing("ask", () => gate.check("ask", project));
      leave ??= await enter(questions, "ask", `in ${session}`, signal);
      signal.throwIfAborted();
      return leave;
    } catch (error) {
      leave?.();
      throw signal.aborted ? new NotAsked(signal.reason) : error;
    }
  }

  return {
    ...upstream,
    state: () => ({ ...questions.count(), circuit: gate.state() }),

    async begin(project, name, signal) {
      signal.throwIfAborted();
      gate.refusing("begin", () => gate.check("begin", project));
      const leave = await enter(questions, "begin", `new in ${project}`, signal);
      try {
        const begin = () => upstream.begin(project, name, signal);
        const session = await gate.run("begin", signal, begin, project);
        held.keep(session, leave, signal);
        return session;
      } catch (error) {
        leave();
        throw error;
      }
    },

    async ask(question, sink, signal) {
      const leave = await placeFor(question, signal);
      const asked = (alive: () => void) => upstream.ask(question, noticed(sink, alive), signal);
      return gate.run("ask", signal, asked, question.project).finally(leave);
    },

    /** Tries again by itself while the service is away, so neither a pause nor the circuit is in its way. */
    async recover(question, soFar, sink, signal) {
      const leave = await enter(recoveries, "recover", question.session, signal);
      return upstream.recover(question, soFar, sink, signal).finally(leave);
    },

    messages: (project, session, signal) =>
      other("messages", session, signal, () => upstream.messages(project, session, signal)),
    react: (project, session, message, reaction, signal) =>
      other("react", session, signal, () => upstream.react(project, session, message, reaction, signal)),
    forget: (project, session, signal) =>
      other("forget", session, signal, () => upstream.forget(project, session, signal)),

    /** For the operator, so past the queue; and away as soon as nobody may ask. */
    async look(project, signal) {
      gate.check("look", project);
      await upstream.look(project, signal);
    },

    /** The client below remembers faces, so everyone who wants the same one goes as one, and a seen one needs no leave. */
    face: (project, signal) =>
      joinFace(String(project), signal, async (shared) => {
        if (seen.has(project)) return upstream.face(project, shared);
        const face = await other("face", "face", shared, () => upstream.face(project, shared));
        seen.add(project);
        return face;
      }),

    /** Pictures come from anywhere: what becomes of them says nothing about the service. */
    picture: (address, signal) =>
      joinPicture(address, signal, async (shared) => {
        const leave = await enter(
          pictures,
          "picture",
          URL.canParse(address) ? new URL(address).host : "",
          shared,
        );
        return upstream.picture(address, shared).finally(leave);
      }),
  };
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
