/** Takes back a question that waits for a network and has surely not been sent. */
import type { ConversationStore } from "./environment.ts";
import type { ConversationState } from "./types.ts";

/** It leaves no trace. Null when there is none, or when it may have got out by now. */
export function takeBack(inside: ConversationState, memory: ConversationStore): string | null {
  const { live } = inside;
  if (live?.view.phase.value !== "offline" || live.pending.taken) return null;
  const kept = memory.load();
  // Another tab may have found a network first.
  if (kept?.pending?.id === live.pending.id && !kept.pending.waits) return null;
  live.wanted = false;
  live.controller.abort();
  inside.live = null;
  inside.streaming.value = null;
  if (kept?.place) memory.save({ ...kept, pending: null });
  else memory.forget();
  return live.pending.question;
}
