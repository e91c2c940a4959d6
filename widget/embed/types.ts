/** Types that the tag, on the page from the start, and the chat, loaded on intent, share. */
import type { Citation, Reaction } from "../../proxy/protocol/bodies.ts";
import type { BadReason } from "../../proxy/protocol/contact.ts";
import type { ReadOption } from "../options/read-option.ts";
import type { BootOptions } from "../options/table.ts";

/** Events of the widget by name, each with its detail. */
export type ChatEvents = {
  /** The widget is on the page. */
  ready: Record<string, never>;
  /** The panel opened. */
  open: Record<string, never>;
  /** The panel closed. */
  close: Record<string, never>;
  /** The visitor asked a question. `turn` is an id that only this page knows. */
  question: { turn: string; text: string };
  /** An answer is complete. `text` is markdown. */
  answer: { turn: string; question: string; text: string; citations: readonly Citation[] };
  /** The visitor opened a citation. */
  citation: Citation;
  /** The visitor rated an answer. With `reason` or `words`: the visitor said why it was bad. */
  feedback: { turn: string; reaction: Reaction; reason?: BadReason; words?: string };
  /** A request failed. `code` is one of the problem codes, or `unreachable`, `offline`, `no-answer` or `signed-out`. */
  problem: { code: string };
};

type Emit = <Name extends keyof ChatEvents>(name: Name, detail: ChatEvents[Name]) => void;

/** Reads one boot option; never cached. */
export type ReadBootOption = <Name extends keyof BootOptions>(name: Name) => BootOptions[Name];

export type ChatDeps = {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Wraps launcher and panel, and has their language, direction, theme and position. */
  readonly frame: HTMLElement;
  /** Container that the panel is rendered into. */
  readonly slot: Element;
  readonly option: ReadBootOption;
  /** Reads an option that is not a boot option. */
  readonly readOption: ReadOption;
  /** The proxy's address, without a closing slash. */
  readonly proxy: string;
  /** The agent's profile as it arrived, unchecked; null when it could not be fetched: the next call tries again. */
  fetchProfile(): Promise<unknown>;
  /** The page's `fetch` as it was when the widget loaded. */
  readonly fetch: typeof fetch;
  readonly emit: Emit;
  /** Closes the panel; null where it is always open. */
  readonly close: (() => void) | null;
};

/** The chat while it is on the page. */
export type ChatInstance = {
  /** `focus`: whether the focus may move, into the panel and back to the launcher. */
  show(open: boolean, focus: boolean): void;
  ask(text: string): void;
  startOver(): void;
  /** Reads the options again after one may have changed. */
  refresh(): void;
  dispose(): void;
};

export type ChatModule = {
  startChat(parts: ChatDeps): ChatInstance;
  /** Explains to the site's owner, in a sentence, why the agent's profile could not be fetched and what to change. */
  explain(parts: Pick<ChatDeps, "proxy" | "fetch">, agent: string): Promise<string>;
};

export type EntryOptions = {
  /** URL of the proxy where no option sets it; null when unknown. */
  readonly proxy: string | null;
  /** Loads the chat; every call after a failed one tries again. */
  load(): Promise<ChatModule>;
};

/** State of one chat on the page. The chat gets it too, as its `ChatDeps`. */
export type Mount = ChatDeps & {
  readonly host: HTMLElement & { handle?: unknown };
  /** Changes options; null or undefined leaves one as it is. */
  changeOptions(changes: object): void;
  readonly agent: string;
  readonly entryOptions: EntryOptions;
  readonly launcherButton: HTMLButtonElement;
  /** Style sheet of the options and the agent's profile. */
  readonly settings: CSSStyleSheet;
  isShown: boolean;
  /** Value of the option `open` when it was last read; the panel follows its changes only. */
  openOption: boolean;
  /** Whether the chat was destroyed. */
  isOver: boolean;
  /** The agent's profile, unchecked; empty until it was fetched. */
  agentProfile: object;
  fetching: Promise<unknown> | null;
  starting: Promise<ChatInstance> | null;
  started: ChatInstance | null;
  /** Timer that shows the launcher without the agent's colour. */
  revealing: ReturnType<typeof setTimeout> | undefined;
};
