/** Turn outcome: how a turn ended, by its events or, where its stream is lost, by the transcript. */
import type { Citation, TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import type { StreamEvent } from "../../proxy/protocol/events.ts";
import { lastIn } from "../builtins/last.ts";
import type { ChatEnvironment, StreamListener } from "./environment.ts";
import type { ConversationRef, PendingTurn, Phase, TurnOutcome, VisitorProblem } from "./types.ts";

export type TurnHandlers = {
  /** It waited for a network, and will be sent now. */
  leaves(at: number): void;
  /** The proxy has taken the question. */
  taken(): void;
  /** The proxy has named the conversation; null when it is gone there. */
  placed(place: ConversationRef | null): void;
  delta(text: string): void;
  citations(citations: readonly Citation[]): void;
  phase(phase: Phase): void;
  /** False when nobody wants the answer any more: then nothing is tried again. */
  wanted(): boolean;
  /** Whether the proxy is known to have taken the question, from another tab perhaps. */
  isTaken(): boolean;
};

/** What is known of a turn that is followed. */
export type TurnProgress = {
  taken: boolean;
  /** Number of the last event that was read. */
  last: number;
  /** How often its stored answer was looked for. */
  looked: number;
  /** Whether a piece of the answer has come. */
  started: boolean;
  /** Whether a request may have left this browser, be it of an earlier page. */
  isOut: boolean;
  /** Whether the conversation may have the question though the proxy is not known to have taken it. */
  mayBeThere: boolean;
  /** When it was sent, in milliseconds since 1970. */
  sent: number;
  outcome: TurnOutcome | null;
};

export const startProgress = (turn: PendingTurn): TurnProgress => ({
  taken: turn.taken,
  last: 0,
  looked: 0,
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
    if (event === "conversation") handlers.placed({ conversation: data.conversation, visitor: data.visitor });
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
      // A turn that is followed again may tell what is known already.
      if (event.id <= progress.last || progress.outcome || signal.aborted) return;
      onProgress();
      read(event);
      // Only now: an event that could not be read is told again.
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

/** The proxy knows the turn no more (it was restarted): the transcript tells whether it was answered. */
export async function findStored(
  turn: PendingTurn,
  place: ConversationRef,
  environment: ChatEnvironment,
  signal: AbortSignal,
): Promise<TurnOutcome | "not yet"> {
  const reply = await environment.transport.transcript(place, signal);
  if (!reply.ok) return reply.problem.code === "not-found" ? cut : "not yet";
  const stored = lastIn(reply.value.messages);
  return stored && isAnswerTo(turn, stored) ? { end: "stored", stored } : "not yet";
}

export const cut: TurnOutcome = { end: "failed", problem: { code: "answer-cut" } };

/** Nobody may follow it for now, but the proxy may have it: asked again, it is followed again. */
export const refused: TurnOutcome = { end: "failed", problem: { code: "answer-cut", unsure: true } };

/** Whether a transcript's last message is this turn's, and not an earlier one with the same words. */
export const isAnswerTo = (turn: PendingTurn, { message, prompt }: TranscriptMessage): boolean =>
  message !== turn.after && prompt.trim() === turn.question.trim();
