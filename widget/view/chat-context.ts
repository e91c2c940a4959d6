/** Context of the opened chat: conversation, messages, agent profile and services. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AgentFace, Citation, Page } from "../../proxy/protocol/bodies.ts";
import type { Conversation, ConversationHistory } from "../conversation/conversation.ts";
import type { Option } from "../options/parsers.ts";
import type { LazyOptionName } from "../options/table.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";
import type { ContactClient } from "../conversation/environment.ts";
import type { ChatState } from "./chat-state.ts";

export type Mode = "floating" | "inline" | "side" | "full";

/**
 * What the view's CSS may rely on. The container given to `mountPanel` carries `data-mode` (as below), `data-position`
 * (`right` | `left`) and `data-theme` (`light` | `dark`, always resolved). Custom properties reach it by inheritance:
 * `--cgw-accent` and `--cgw-on-accent` (a surface in the owner's colour and the text on it), `--cgw-accent-light` and `--cgw-accent-dark`
 * (the accent as text, at least 4.5:1 on a light and on a dark surface), `--cgw-offset` (px from the window's corner), and
 * while something covers part of the window, such as an on-screen keyboard, `--cgw-viewport-height` and `--cgw-viewport-top` (px).
 * Everything else is as `all: initial` leaves it, and the root's text direction is the page's.
 */
export interface Chat {
  readonly conversation: Conversation;
  /** What is drawn with a conversation takes all of them from use-messages.ts. */
  readonly texts: ReadonlySignal<LoadedMessages>;
  readonly profile: ReadonlySignal<AgentFace>;
  readonly mode: Mode;
  /** Whether the panel is to be seen. */
  readonly open: ReadonlySignal<boolean>;
  /** Starters to offer: the tag's, else the agent's. */
  readonly starters: ReadonlySignal<readonly string[]>;
  /** What the visitor has typed and not sent. */
  readonly draft: Signal<string>;
  /** The page that goes along with the next question; what sets it shows a sign saying so. */
  readonly pageContext: Signal<Page | null>;
  /** State that features of the view add when they are loaded. */
  readonly state: ChatState;
  /** Turns a path on the proxy into an address. */
  addressOf(path: string): string;
  /** Reads an option of rare-table.ts, or for how long the conversation is kept; what reads it while drawing is drawn again when it changes. */
  option<Value>(name: LazyOptionName | "memory", option: Option<Value>): Value;
  /** Fetches the hands that only asking needs. */
  composerServices(): Promise<ComposerServices>;
  /** Closes the panel; absent where it cannot be closed (inline, full). */
  close?: () => void;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  /** The conversations kept on this device. */
  history(): Promise<ConversationHistory>;
  /** Hands that few need, fetched when they are. Rejects when they cannot be. */
  contactClient(): Promise<ContactClient>;
  /** Tells the page that a source was opened. */
  citationOpened(citation: Citation): void;
}

export type ComposerServices = {
  /** Calls back at once with the page the visitor is on, and whenever it has changed. */
  followPage(told: (page: Page) => void): () => void;
  /** Reads what was noted for this tab under a name, or writes it; nothing is noted before there is a conversation. */
  note(name: string, text?: string): string;
  /** Takes back a question that waits for a network, and returns it; null when it may have got out. */
  takeBack(): string | null;
};

const ChatContext = createContext<Chat | null>(null);

export const ChatProvider = ChatContext.Provider;

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("This part of the chat was drawn outside <ChatProvider>.");
  return chat;
}
