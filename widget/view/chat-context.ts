/** Context of the opened chat: conversation, messages, agent profile and services. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AgentProfile, Citation, Page } from "../../proxy/protocol/bodies.ts";
import type { Conversation, ConversationHistory } from "../conversation/conversation.ts";
import type { ReadOption } from "../options/read-option.ts";
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
  /** Messages of the panel, and those loaded later in another language; `messagesOf` has all of them. */
  readonly texts: ReadonlySignal<LoadedMessages>;
  readonly profile: ReadonlySignal<AgentProfile>;
  readonly mode: Mode;
  /** Whether the panel is visible. */
  readonly open: ReadonlySignal<boolean>;
  /** Starters: the option's, else the agent's. */
  readonly starters: ReadonlySignal<readonly string[]>;
  /** Text in the composer that is not sent yet. */
  readonly draft: Signal<string>;
  /** Page sent with the next question; the view that sets it must show that. */
  readonly pageContext: Signal<Page | null>;
  /** State that features of the view add when they are loaded. */
  readonly state: ChatState;
  /** Resolves a path of the proxy to a URL. */
  addressOf(path: string): string;
  /** Reads an option. A component that reads it renders again when it changes. */
  readonly option: ReadOption;
  /** Loads the services that only the composer needs. */
  composerServices(): Promise<ComposerServices>;
  /** Closes the panel; absent where it cannot be closed (inline, full). */
  close?: () => void;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Loads the conversations stored on this device. */
  history(): Promise<ConversationHistory>;
  /** Loads the client for messages to the owner. Rejects when its file cannot be fetched. */
  contactClient(): Promise<ContactClient>;
  /** Reports to the page that a source was opened. */
  citationOpened(citation: Citation): void;
}

export type ComposerServices = {
  /** Calls back with the current page, at once and after each change. Returns a function that stops it. */
  followPage(onChange: (page: Page) => void): () => void;
  /** Reads or writes a note of this tab; writes nothing before there is a conversation. */
  note(name: string, text?: string): string;
  /** Withdraws a question that waits for the network, and returns its text; null when it may have been sent. */
  withdraw(): string | null;
};

const ChatContext = createContext<Chat | null>(null);

export const ChatProvider = ChatContext.Provider;

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("This part of the chat was rendered outside <ChatProvider>.");
  return chat;
}
