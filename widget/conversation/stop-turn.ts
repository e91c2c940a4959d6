/** Stop of a turn: takes its question back while it is unsent, else stops it at the proxy and upstream. */
import { withRetry } from "./retry.ts";
import type { ConversationRef, ConversationSlot, ConversationState, LiveTurn } from "./types.ts";
import type { ChatEnvironment, ConversationStore } from "./environment.ts";

/** Stops a turn that is wanted no more: at once where it can be named, else as soon as the proxy has taken it and named the conversation. */
export async function stopUpstream(
  environment: ChatEnvironment,
  closed: AbortSignal,
  slot: ConversationSlot,
  turn: Readonly<LiveTurn>,
): Promise<void> {
  // What never left needs no stopping elsewhere.
  if (turn.view.phase.value === "offline") return turn.controller.abort();
  const stopAt = (ref: ConversationRef) =>
    withRetry(environment, closed, () => environment.transport.stop(ref, turn.pending.id));
  const reply = slot.ref && (await stopAt(slot.ref));
  // Unknown there, it may be that the stop has overtaken its question.
  const overtook = reply && !reply.ok && reply.problem.code === "not-found" && !turn.pending.taken;
  if (reply && !overtook) {
    turn.controller.abort();
    return;
  }
  await turn.over;
  if (slot.ref && turn.pending.taken) await stopAt(slot.ref);
}

/** Takes back a question that waits for a network, without a trace. Null when there is none, or when it may have got out by now. */
export function withdrawQuestion(state: ConversationState, store: ConversationStore): string | null {
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
