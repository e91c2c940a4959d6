/** Chat for tests: signals to set, recorded calls, and views rendered into the document. */
import { signal } from "@preact/signals";
import { render, type ComponentChildren } from "preact";
import { act } from "preact/test-utils";
import { vi } from "vitest";
import type { AgentProfile, Citation, Page } from "../../../proxy/protocol/bodies.ts";
import { bareProfile } from "../../../proxy/protocol/testing/bare-profile.ts";
import type { Conversation, ConversationHistory } from "../../conversation/conversation.ts";
import type { StreamingTurn, Phase, FinishedTurn, ConversationProblem } from "../../conversation/types.ts";
import { english } from "../../i18n/locales/en.ts";
import { ChatProvider, type ComposerServices, type Chat } from "../chat-context.ts";
import type { ContactClient } from "../../conversation/environment.ts";

export function profileWith(change: Partial<AgentProfile> = {}): AgentProfile {
  return { ...bareProfile, ...change };
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

export function streamingTurn(id = "turn-1") {
  return {
    id,
    question: "What is it?",
    answer: signal(""),
    phase: signal<Phase>("waiting"),
  };
}

/** Services with a page that never changes and without storage. */
export const servicesForTests = (page: Page = { title: "Prices", url: "https://shop.example/prices" }) =>
  ({
    followPage(onPage) {
      onPage(page);
      return () => {};
    },
    note: (_name, text = "") => text,
    withdraw: (): string | null => null,
  }) satisfies ComposerServices;

/** Chat whose signals and functions a test can change. */
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
  const history = {
    list: vi.fn<ConversationHistory["list"]>(() => []),
    resume: vi.fn<ConversationHistory["resume"]>(() => true),
    remove: vi.fn<ConversationHistory["remove"]>(() => Promise.resolve(null)),
  };
  const write = vi.fn<ContactClient["write"]>(() => Promise.resolve(null));
  const explain = vi.fn<ContactClient["explain"]>(() => Promise.resolve(null));
  const chat = {
    conversation,
    texts: signal(english),
    profile: signal(profileWith()),
    mode: "floating" as const,
    open: signal(true),
    starters: signal<readonly string[]>([]),
    draft: signal(""),
    pageContext: signal<Page | null>(null),
    state: {},
    composerServices: () => Promise.resolve(servicesForTests()),
    option: (table, name) => table[name].fallback,
    addressOf: (path: string) => `https://proxy.example${path}`,
    close: vi.fn<() => void>(),
    copy: vi.fn<Chat["copy"]>(() => Promise.resolve()),
    history: vi.fn<Chat["history"]>(() => Promise.resolve(history)),
    contactClient: () => Promise.resolve({ write, explain }),
    citationOpened: vi.fn<Chat["citationOpened"]>(),
  } satisfies Chat;
  return { ...chat, write, explain };
}

/** Renders a view; the returned functions search only in it. */
export async function renderView(chat: Chat, part: ComponentChildren) {
  const place = document.createElement("div");
  document.body.append(place);
  await act(() => render(<ChatProvider value={chat}>{part}</ChatProvider>, place));
  const all = (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)];
  function one(selector: string): HTMLElement {
    const [found] = all(selector);
    if (!found) throw new Error(`There is no ${selector} in ${place.innerHTML}`);
    return found;
  }
  /** Finds an element by its accessible name or its text. */
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

/** Calls a function and waits until its effects are rendered. */
export const does = (change: () => void) =>
  act(async () => {
    change();
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

/** Simulates a touch screen. Returns a function that ends it. */
export function touchScreen(): () => void {
  const spy = vi.spyOn(window, "matchMedia").mockReturnValue(new AnyMedia());
  return () => {
    spy.mockRestore();
  };
}
