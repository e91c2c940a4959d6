/** How a turn can end, how it is stopped or taken back, and how its end is found where its stream is lost. */
import type { TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import { lastIn } from "../builtins/last.ts";
import { withRetry } from "./retry.ts";
import type {
  ConversationRef,
  ConversationSlot,
  ConversationState,
  LiveTurn,
  PendingTurn,
  TurnOutcome,
} from "./types.ts";
import type { ChatEnvironment, ConversationStore } from "./environment.ts";

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

/** Stops a turn that is wanted no more: at once where it can be named, else as soon as the proxy has taken it and named the conversation. */
export async function stopUpstream(
  environment: ChatEnvironment,
  closed: AbortSignal,
  slot: ConversationSlot,
  turn: Readonly<LiveTurn>,
): Promise<void> {
  // What never left needs no stopping elsewhere.
  if (turn.view.phase.value === "offline") return turn.controller.abort();
  const stopAt = (place: ConversationRef) =>
    withRetry(environment, closed, () => environment.transport.stop(place, turn.pending.id));
  const reply = slot.place && (await stopAt(slot.place));
  // Unknown there, it may be that the stop has overtaken its question.
  const overtook = reply && !reply.ok && reply.problem.code === "not-found" && !turn.pending.taken;
  if (reply && !overtook) {
    turn.controller.abort();
    return;
  }
  await turn.over;
  if (slot.place && turn.pending.taken) await stopAt(slot.place);
}

/** Takes back a question that waits for a network, without a trace. Null when there is none, or when it may have got out by now. */
export function takeBack(state: ConversationState, store: ConversationStore): string | null {
  const { live } = state;
  if (live?.view.phase.value !== "offline" || live.pending.taken) return null;
  const kept = store.load();
  // Another tab may have found a network first.
  if (kept?.pending?.id === live.pending.id && !kept.pending.waits) return null;
  state.release();
  if (kept?.place) store.save({ ...kept, pending: null });
  else store.forget();
  return live.pending.question;
}
