/** Pages that questions were about, stored for the tab: a stored conversation does not hold them. */
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { contain } from "../../conversation/contain.ts";
import { useChat, type ComposerServices } from "../chat-context.ts";
import { pagesIn, type Pages } from "./page-of-turn.ts";

const noted = "pages";
const maxPages = 20;

/** One line each, separated by tabs, which neither ids nor addresses contain. */
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

export function useQuestionPages(services: ComposerServices | null): void {
  const chat = useChat();
  useEffect(() => {
    if (!services) return undefined;
    const pages = pagesIn(chat);
    pages.value = new Map([...readPages(services.note(noted)), ...pages.peek()]);
    return effect(() => {
      const asked = chat.conversation.finished.value.flatMap(({ message, page }) =>
        message !== null && page && !pages.peek().has(message) ? [[message, page] as const] : [],
      );
      if (asked.length > 0) pages.value = new Map([...pages.peek(), ...asked].slice(-maxPages));
      // A microtask later, when an ended conversation is removed, and its notes with it.
      const write = () => {
        services.note(noted, written(pages.peek()));
        if (pages.peek().size > 0 && !services.note(noted)) pages.value = new Map();
      };
      queueMicrotask(() => contain(write));
    });
  }, [services]);
}
