/** Calls that a question consists of: each has a slot, and passes the circuit breaker before and after it waits for it. */
import type { Schedule } from "../../schedule.ts";
import type { TranscriptCache } from "../answer/transcript-cache.ts";
import { NotAsked } from "../errors.ts";
import type { AnswerSink, Upstream, UpstreamQuestion } from "../types.ts";
import type { Bulkheads } from "./bulkheads.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import { laneOf } from "./lanes.ts";
import { createReservedSlots } from "./reserved-slots.ts";

/** What the calls of the service share. */
export type Shared = {
  upstream: Upstream;
  breaker: CircuitBreaker;
  bulkheads: Bulkheads;
  transcripts: TranscriptCache;
};

export function createQuestionCalls(
  { upstream, breaker, bulkheads, transcripts }: Shared,
  schedule: Schedule,
): Pick<Upstream, "startConversation" | "ask" | "recover"> {
  const { questions, recoveries } = bulkheads;
  const reserved = createReservedSlots(schedule);

  /** The slot in which a question is asked; throws `NotAsked` when it is stopped before it has one. */
  async function slotFor({ project, session }: UpstreamQuestion, signal: AbortSignal): Promise<() => void> {
    let leave = reserved.take(session);
    try {
      signal.throwIfAborted();
      await breaker.pass("ask", project, signal);
      leave ??= await questions.enter("ask", laneOf(signal, session), signal);
      signal.throwIfAborted();
      return leave;
    } catch (error) {
      leave?.();
      throw signal.aborted ? new NotAsked(signal.reason) : error;
    }
  }

  return {
    async startConversation(project, name, signal) {
      signal.throwIfAborted();
      await breaker.pass("begin", project, signal);
      const leave = await questions.enter("begin", laneOf(signal, `new in ${project}`), signal);
      try {
        const start = () => upstream.startConversation(project, name, signal);
        const session = await breaker.run("begin", project, signal, start);
        reserved.keep(session, leave, signal);
        return session;
      } catch (error) {
        leave();
        throw error;
      }
    },

    async ask(question, sink, signal) {
      const { project, session } = question;
      const leave = await slotFor(question, signal);
      transcripts.changed(session);
      const ask = (healthy: () => void) => upstream.ask(question, withFirstPiece(sink, healthy), signal);
      return breaker.run("ask", project, signal, ask).finally(() => {
        transcripts.changed(session);
        leave();
      });
    },

    /** Tries again by itself while the service is away, so neither a pause nor a circuit holds it back. */
    async recover(question, soFar, sink, signal) {
      const leave = await recoveries.enter("recover", laneOf(signal, question.session), signal);
      return upstream.recover(question, soFar, sink, signal).finally(leave);
    },
  };
}

/** The same sink, which reports its first piece: other calls must not wait for the end of a long answer. */
function withFirstPiece(sink: AnswerSink, onFirstPiece: () => void): AnswerSink {
  let isFirst = true;
  return {
    ...sink,
    delta(text) {
      if (isFirst) onFirstPiece();
      isFirst = false;
      sink.delta(text);
    },
  };
}
