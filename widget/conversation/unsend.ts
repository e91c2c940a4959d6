/** Takes back a question that waits for a network and has surely not been sent. */
import type { ConversationStore } from "./environment.ts";
import type { ConversationState } from "./types.ts";

/** It leaves no trace. Null when there is none, or when it may have got out by now. */
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
