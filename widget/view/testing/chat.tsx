/** A chat for tests: signals one can turn, hands that note what they did, and the view drawn into a real document. */
import { signal } from "@preact/signals";
import { render, type ComponentChildren } from "preact";
import { act } from "preact/test-utils";
import { vi } from "vitest";
import type { AgentFace, Citation, Page } from "../../../proxy/protocol/bodies.ts";
import { bareFace } from "../../../proxy/protocol/testing/bare-face.ts";
import type { Conversation, ConversationHistory } from "../../conversation/conversation.ts";
import type { StreamingTurn, Phase, FinishedTurn, ConversationProblem } from "../../conversation/types.ts";
import { english } from "../../i18n/locales/en.ts";
import { ChatProvider, type ComposerServices, type Chat } from "../chat-context.ts";
import type { ContactClient } from "../../conversation/environment.ts";

export function faceWith(change: Partial<AgentFace> = {}): AgentFace {
  return { ...bareFace, ...change };
}

export function turnWith(change: Partial<FinishedTurn> = {}): FinishedTurn {
  return {
    id: "turn-1",
    question: "What is it?",
    answer: "A chat.",
    citations: [],
    message: "message-1",
    reaction: "neutral",
    end: "answered",
    problem: null,
    ...change,
  };
}

export function citationWith(id: string, change: Partial<Citation> = {}): Citation {
  return {
    id,
    title: `Page ${id}`,
    url: `https://www.example.com/${id}`,
    description: null,
    image: null,
    ...change,
  };
}

export function growingTurn(id = "turn-1") {
  return {
    id,
    question: "What is it?",
    answer: signal(""),
    phase: signal<Phase>("waiting"),
  };
}

/** One page that stays, and notes on nothing. */
export const handsForTests = (page: Page = { title: "Prices", url: "https://shop.example/prices" }) =>
  ({
    followPage(told) {
      told(page);
      return () => {};
    },
    note: (_name, text = "") => text,
    takeBack: (): string | null => null,
  }) satisfies ComposerServices;

/** A chat whose every part can be changed by the test that holds it. */
export function chatForTests() {
  const conversation = {
    finished: signal<readonly FinishedTurn[]>([]),
    streaming: signal<StreamingTurn | null>(null),
    restoring: signal(false),
    problem: signal<ConversationProblem | null>(null),
    ask: vi.fn<Conversation["ask"]>(),
    stop: vi.fn<Conversation["stop"]>(),
    retry: vi.fn<Conversation["retry"]>(),
    rate: vi.fn<Conversation["rate"]>(),
    startOver: vi.fn<Conversation["startOver"]>(),
    dismissProblem: vi.fn<Conversation["dismissProblem"]>(),
  };
  const shelf = {
    list: vi.fn<ConversationHistory["list"]>(() => []),
    resume: vi.fn<ConversationHistory["resume"]>(() => true),
    remove: vi.fn<ConversationHistory["remove"]>(() => Promise.resolve(null)),
  };
  const write = vi.fn<ContactClient["write"]>(() => Promise.resolve(null));
  const explain = vi.fn<ContactClient["explain"]>(() => Promise.resolve(null));
  const chat = {
    conversation,
    texts: signal(english),
    profile: signal(faceWith()),
    mode: "floating" as const,
    open: signal(true),
    starters: signal<readonly string[]>([]),
    draft: signal(""),
    pageContext: signal<Page | null>(null),
    state: {},
    composerServices: () => Promise.resolve(handsForTests()),
    option: (table, name) => table[name].fallback,
    addressOf: (path: string) => `https://proxy.example${path}`,
    close: vi.fn<() => void>(),
    copy: vi.fn<Chat["copy"]>(() => Promise.resolve()),
    history: vi.fn<Chat["history"]>(() => Promise.resolve(shelf)),
    contactClient: () => Promise.resolve({ write, explain }),
    citationOpened: vi.fn<Chat["citationOpened"]>(),
  } satisfies Chat;
  return { ...chat, write, explain };
}

/** Draws a part of the view; the returned finders look only inside it. */
export async function draw(chat: Chat, part: ComponentChildren) {
  const place = document.createElement("div");
  document.body.append(place);
  await act(() => render(<ChatProvider value={chat}>{part}</ChatProvider>, place));
  const all = (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)];
  function one(selector: string): HTMLElement {
    const [found] = all(selector);
    if (!found) throw new Error(`There is no ${selector} in ${place.innerHTML}`);
    return found;
  }
  /** Finds by the name screen readers say, or by the words to be read. */
  function named(name: string): HTMLElement {
    const found = all("button, a, textarea, [role]").find(
      (element) =>
        (element.getAttribute("aria-label") || element.textContent.trim() || element.title) === name,
    );
    if (!found) throw new Error(`There is nothing called "${name}" in ${place.innerHTML}`);
    return found;
  }
  return { place, all, one, named };
}

/** Does something and waits until it can be seen. */
export const does = (deed: () => void) =>
  act(async () => {
    deed();
    await Promise.resolve();
  });

export const press = (element: HTMLElement, key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  return does(() => {
    element.dispatchEvent(event);
  }).then(() => event);
};

export async function type(field: HTMLElement, words: string) {
  if (!(field instanceof HTMLTextAreaElement)) throw new Error("One cannot type here.");
  await does(() => {
    field.value = words;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

class AnyMedia extends EventTarget {
  readonly matches = true;
  readonly media = "";
  readonly onchange = null;
  addListener() {}
  removeListener() {}
}

/** Makes the browser say that it is worked with fingers, until undone. */
export function touchScreen(): () => void {
  const spy = vi.spyOn(window, "matchMedia").mockReturnValue(new AnyMedia());
  return () => {
    spy.mockRestore();
  };
}
