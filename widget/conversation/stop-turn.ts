/** Stop of a turn: withdraws an unsent question, else stops the turn at the proxy and upstream. */
import { withRetry } from "./retry.ts";
import type { ConversationRef, ConversationSlot, ConversationState, LiveTurn } from "./types.ts";
import type { ChatEnvironment, ConversationStore } from "./environment.ts";

/** Stops a turn at the proxy: at once, or as soon as the proxy has accepted it and sent the conversation's id. */
export async function stopUpstream(
  environment: ChatEnvironment,
  closed: AbortSignal,
  slot: ConversationSlot,
  turn: Readonly<LiveTurn>,
): Promise<void> {
  // An unsent question is unknown to the proxy.
  if (turn.view.phase.value === "offline") return turn.controller.abort();
  const stopAt = (ref: ConversationRef) =>
    withRetry(environment, closed, () => environment.transport.stop(ref, turn.pending.id));
  const reply = slot.ref && (await stopAt(slot.ref));
  // The stop may have arrived before its question.
  const overtook = reply && !reply.ok && reply.problem.code === "not-found" && !turn.pending.taken;
  if (reply && !overtook) {
    turn.controller.abort();
    return;
  }
  await turn.over;
  if (slot.ref && turn.pending.taken) await stopAt(slot.ref);
}

/** Withdraws a question that waits for a network. Null when there is none, or when it may have been sent by now. */
export function withdrawQuestion(state: ConversationState, store: ConversationStore): string | null {
  const { live } = state;
  if (live?.view.phase.value !== "offline" || live.pending.taken) return null;
  const stored = store.load();
  // Another tab may have found a network first.
  if (stored?.pending?.id === live.pending.id && !stored.pending.waits) return null;
  state.release();
  if (stored?.ref) store.save({ ...stored, pending: null });
  else store.forget();
  return live.pending.question;
}
