/** State of one opened chat that its features share: each feature creates its own part, with `chat.state.x ??= …`. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Page } from "../../proxy/protocol/bodies.ts";
import type { Messages, ViewMessages } from "../i18n/messages.ts";

export type ChatState = {
  /** Messages in the chat's language: those of a conversation, and all with those of its actions. */
  messages?: ReadonlySignal<ViewMessages>;
  allMessages?: ReadonlySignal<Messages>;
  /** Text of the polite live region. */
  status?: Signal<string>;
  /** Ids of turns whose end was announced. */
  announced?: Set<string>;
  toast?: Signal<string>;
  sheet?: Signal<Sheet | null>;
  editing?: Signal<Editing | null>;
  pageChoice?: PageChoice;
  /** Pages that questions were about, by the answer's message. */
  questionPages?: Signal<ReadonlyMap<string, Page>>;
  contactDraft?: ContactDraft;
};

export type Sheet = {
  readonly title: (texts: Messages) => string;
  /** Rendered under the title. It may take the focus when it is rendered; else the sheet itself does. */
  readonly Content: ComponentType<{ close: () => void }>;
};

export type Editing = {
  /** Id of the turn whose question is edited. */
  readonly turn: string;
  /** Text of the field before, to be put back. */
  readonly before: string;
};

export type PageChoice = {
  /** The page the visitor is on; null until it is known. */
  readonly here: Signal<Page | null>;
  /** The visitor's choice for the page of this address, as long as the conversation lasts. */
  readonly chosen: Signal<{ readonly url: string; readonly used: boolean } | null>;
};

export type ContactDraft = {
  readonly message: Signal<string>;
  readonly email: Signal<string>;
  readonly attach: Signal<boolean>;
};
