/** Turn outcome: how a turn ended, by the events of its stream. */
import type { Citation } from "../../proxy/protocol/bodies.ts";
import type { StreamEvent } from "../../proxy/protocol/events.ts";
import type { StreamListener } from "./environment.ts";
import type { ConversationRef, PendingTurn, Phase, TurnOutcome, VisitorProblem } from "./types.ts";

export type TurnHandlers = {
  /** The question waited for a network, and is sent now. */
  leaves(at: number): void;
  /** The proxy has accepted the question. */
  taken(): void;
  /** The proxy has sent the conversation's reference; null when the conversation was deleted there. */
  refChanged(ref: ConversationRef | null): void;
  delta(text: string): void;
  citations(citations: readonly Citation[]): void;
  phase(phase: Phase): void;
  /** False when the answer is not wanted any more: then there are no retries. */
  wanted(): boolean;
  /** Whether the proxy has confirmed the question, perhaps to another tab. */
  isTaken(): boolean;
};

/** Progress of a turn that is followed. */
export type TurnProgress = {
  taken: boolean;
  /** Number of the last event that was read. */
  last: number;
  /** Number of reads of the transcript for the stored answer. */
  lookups: number;
  /** Whether a piece of the answer has arrived. */
  started: boolean;
  /** Whether this browser may have sent a request, also on an earlier page. */
  isOut: boolean;
  /** Whether the conversation may contain the question although the proxy has not confirmed it. */
  mayBeThere: boolean;
  /** When it was sent, in milliseconds since 1970. */
  sent: number;
  outcome: TurnOutcome | null;
};

export const startProgress = (turn: PendingTurn): TurnProgress => ({
  taken: turn.taken,
  last: 0,
  lookups: 0,
  started: false,
  isOut: !turn.waits,
  mayBeThere: turn.instead === turn.name,
  sent: turn.at,
  outcome: null,
});

/** `onProgress` is called with each event that is new. */
export function createTurnListener(
  progress: TurnProgress,
  handlers: TurnHandlers,
  signal: AbortSignal,
  onProgress: () => void,
): StreamListener {
  function read({ event, data }: StreamEvent): void {
    if (event === "conversation")
      handlers.refChanged({ conversation: data.conversation, visitor: data.visitor });
    else if (event === "delta") {
      progress.started = true;
      handlers.phase("answering");
      handlers.delta(data.text);
    } else if (event === "citations") handlers.citations(data);
    else if (event === "done")
      progress.outcome = data.stopped ? { end: "stopped" } : { end: "answered", message: data.message };
    else progress.outcome = { end: "failed", problem: toVisitorProblem(data) };
  }

  return {
    opened() {
      progress.isOut = true;
      if (!progress.taken) handlers.taken();
      progress.taken = true;
      handlers.phase(progress.started ? "answering" : "waiting");
    },
    event(event) {
      // A turn that is followed again may repeat known events.
      if (event.id <= progress.last || progress.outcome || signal.aborted) return;
      onProgress();
      read(event);
      // Only after parsing, so that an invalid event is requested again.
      progress.last = event.id;
    },
  };
}

/** Only what visitors need of the proxy's problem; its message is for developers. */
const toVisitorProblem = ({ code, retryAfter, words }: VisitorProblem): VisitorProblem => ({
  code,
  ...(retryAfter !== undefined && { retryAfter }),
  ...(words && { words }),
});
