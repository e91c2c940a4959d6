/** What every part of the opened chat is given: the conversation, the words, the agent's face and a few hands. */
import type { ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AgentFace, Citation } from "../../proxy/protocol/bodies.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { Texts } from "../text/texts.ts";

export type Mode = "floating" | "inline" | "side" | "full";

export interface Chat {
  readonly conversation: Conversation;
  readonly texts: ReadonlySignal<Texts>;
  readonly face: ReadonlySignal<AgentFace>;
  readonly mode: Mode;
  /** Whether the panel is to be seen. */
  readonly open: ReadonlySignal<boolean>;
  /** Starters to offer: the tag's, else the agent's. */
  readonly starters: ReadonlySignal<readonly string[]>;
  /** What the visitor has typed and not sent; kept by whoever mounts the chat. */
  readonly draft: { value: string };
  /** Turns a path on the proxy into an address. */
  addressOf(path: string): string;
  /** Closes the panel; absent where it cannot be closed (inline, full). */
  close?: () => void;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Tells the page that a source was opened. */
  citationOpened(citation: Citation): void;
}

const ChatContext = createContext<Chat | null>(null);

export const ChatProvider = ChatContext.Provider;

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("This part of the chat was drawn outside <ChatProvider>.");
  return chat;
}
