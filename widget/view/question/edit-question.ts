/** Lets a visitor edit a question asked before: it stands in the field, and is asked as a new one. */
import { signal, type Signal } from "@preact/signals";
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import type { Chat } from "../chat-context.ts";
import type { Editing } from "../chat-state.ts";

export const editingOf = (chat: Chat): Signal<Editing | null> => (chat.state.editing ??= signal(null));

export const newestTurn = ({ conversation }: Chat): StreamingTurn | FinishedTurn | undefined =>
  conversation.streaming.value ?? lastIn(conversation.finished.value);

/** Puts the newest question into the field; false when there is none. */
export function editQuestion(chat: Chat): boolean {
  const turn = newestTurn(chat);
  if (!turn) return false;
  const editing = editingOf(chat);
  const before = editing.value?.before ?? chat.draft.value;
  editing.value = { turn: turn.id, before };
  chat.draft.value = turn.question;
  return true;
}

/** Gives the field back what stood there before; false when nothing was being edited. */
export function cancelEditing(chat: Chat): boolean {
  const editing = editingOf(chat);
  const { value } = editing;
  if (!value) return false;
  editing.value = null;
  chat.draft.value = value.before;
  return true;
}

/** To be called when turns have come or gone: what was being edited is so no longer once another is the newest. */
export function endStaleEditing(chat: Chat): void {
  const editing = editingOf(chat);
  if (!editing.value || editing.value.turn === newestTurn(chat)?.id) return;
  // An empty field means that it was sent; anything else the visitor still has in hand. With no turn left, the field may
  // have been emptied for somebody else, whose business it is not.
  if (chat.draft.value === "" && newestTurn(chat)) cancelEditing(chat);
  else editing.value = null;
}
