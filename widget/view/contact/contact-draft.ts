/** Draft of the visitor's message to the owner; it outlives the sheet, which is easily closed by mistake. */
import { signal, type Signal } from "@preact/signals";
import type { Chat } from "../chat-context.ts";

export type ContactDraft = {
  readonly message: Signal<string>;
  readonly email: Signal<string>;
  readonly attach: Signal<boolean>;
};

const drafts = new WeakMap<Chat, ContactDraft>();

export function contactDraft(chat: Chat): ContactDraft {
  const draft = drafts.get(chat) ?? { message: signal(""), email: signal(""), attach: signal(false) };
  drafts.set(chat, draft);
  return draft;
}
