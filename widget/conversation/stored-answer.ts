/** Stored answer: how a turn whose stream is lost ended, by the transcript. */
import type { TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import { lastIn } from "../builtins/last.ts";
import type { ChatEnvironment } from "./environment.ts";
import type { ConversationRef, PendingTurn, TurnOutcome } from "./types.ts";

/** Milliseconds for which a proxy certainly knows a turn by its id; sent again later, it may be asked and charged twice. */
export const resendableMs = 10 * 60_000;

/** For a turn that the proxy has lost (it was restarted): the transcript shows whether it was answered. */
export async function findStored(
  turn: PendingTurn,
  ref: ConversationRef,
  environment: ChatEnvironment,
  signal: AbortSignal,
): Promise<TurnOutcome | "not yet"> {
  const reply = await environment.transport.transcript(ref, signal);
  if (!reply.ok) return reply.problem.code === "not-found" ? cut : "not yet";
  const stored = lastIn(reply.value.messages);
  return stored && isAnswerTo(turn, stored) ? { end: "stored", stored } : "not yet";
}

/** The stream is lost for good. */
export const cut: TurnOutcome = { end: "failed", problem: { code: "answer-cut" } };

/** The turn cannot be followed for now, but the proxy may have it: a retry follows it again. */
export const refused: TurnOutcome = { end: "failed", problem: { code: "answer-cut", unsure: true } };

/** Whether a transcript's last message is this turn's, and not an earlier one with the same words. */
export const isAnswerTo = (turn: PendingTurn, { message, prompt }: TranscriptMessage): boolean =>
  message !== turn.after && prompt.trim() === turn.question.trim();
