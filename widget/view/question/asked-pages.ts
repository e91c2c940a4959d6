/** Remembers for the tab which page each question was asked about, since what is stored of a conversation does not say. */
import { effect, signal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Page } from "../../../proxy/protocol/bodies.ts";
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { contain } from "../../conversation/contain.ts";
import { useChat, type ComposerServices, type Chat } from "../chat-context.ts";

const noted = "pages";
const maxPages = 20;

type Pages = ReadonlyMap<string, Page>;

const pagesIn = (chat: Chat): Signal<Pages> => (chat.state.askedPages ??= signal(new Map()));

/** Null when it was about none, or nobody knows. */
export function pageOfTurn(chat: Chat, turn: FinishedTurn | StreamingTurn): Page | null {
  if (turn.page !== undefined || !("message" in turn) || turn.message === null) return turn.page ?? null;
  return pagesIn(chat).value.get(turn.message) ?? null;
}

/** One line each; neither ids nor addresses have a tab in them. */
const written = (pages: Pages): string =>
  [...pages]
    .map(([message, { url, title }]) => [message, url, title.replace(/\s+/g, " ")].join("\t"))
    .join("\n");

function readPages(text: string): Pages {
  const lines = text.split("\n").map((line) => line.split("\t"));
  return new Map(
    lines.flatMap(([message, url, title]) =>
      message && url ? [[message, { url, title: title ?? "" }]] : [],
    ),
  );
}

export function useAskedPages(hands: ComposerServices | null): void {
  const chat = useChat();
  useEffect(() => {
    if (!hands) return undefined;
    const pages = pagesIn(chat);
    pages.value = new Map([...readPages(hands.note(noted)), ...pages.peek()]);
    return effect(() => {
      const asked = chat.conversation.finished.value.flatMap(({ message, page }) =>
        message !== null && page && !pages.peek().has(message) ? [[message, page] as const] : [],
      );
      if (asked.length > 0) pages.value = new Map([...pages.peek(), ...asked].slice(-maxPages));
      // A moment later, when a conversation that ended is forgotten, and this with it.
      const write = () => {
        hands.note(noted, written(pages.peek()));
        if (pages.peek().size > 0 && !hands.note(noted)) pages.value = new Map();
      };
      queueMicrotask(() => contain(write));
    });
  }, [hands]);
}
