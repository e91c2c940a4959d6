/** Editing of the newest question: it is put into the field, and sent as a new question. */
import { signal, type Signal } from "@preact/signals";
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import type { Chat } from "../chat-context.ts";
import type { Editing } from "../chat-state.ts";

export const editingOf = (chat: Chat): Signal<Editing | null> => (chat.state.editing ??= signal(null));

export const newestTurn = ({ conversation }: Chat): StreamingTurn | FinishedTurn | undefined =>
  conversation.streaming.value ?? lastIn(conversation.finished.value);

/** Puts the newest question into the field; false if there is none. */
export function editQuestion(chat: Chat): boolean {
  const turn = newestTurn(chat);
  if (!turn) return false;
  const editing = editingOf(chat);
  const before = editing.value?.before ?? chat.draft.value;
  editing.value = { turn: turn.id, before };
  chat.draft.value = turn.question;
  return true;
}

/** Restores the field's former text; false if no question was being edited. */
export function cancelEditing(chat: Chat): boolean {
  const editing = editingOf(chat);
  const { value } = editing;
  if (!value) return false;
  editing.value = null;
  chat.draft.value = value.before;
  return true;
}

/** Ends editing when another turn is the newest. Call it after turns have changed. */
export function endStaleEditing(chat: Chat): void {
  const editing = editingOf(chat);
  if (!editing.value || editing.value.turn === newestTurn(chat)?.id) return;
  // An empty field means that the edited question was sent; other text belongs to the visitor. With no turn left, the
  // field may have been emptied for another visitor, who must not see the former text.
  if (chat.draft.value === "" && newestTurn(chat)) cancelEditing(chat);
  else editing.value = null;
}
