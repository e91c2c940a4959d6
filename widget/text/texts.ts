/** Every sentence a visitor can see or hear, by name; each language is one table of this shape. */
import type { ProblemCode } from "../../proxy/protocol/problems.ts";

export type Texts = {
  /** Names the launcher for screen readers. */
  openChat: string;
  closeChat: string;
  /** The panel's name when the agent has no title. */
  title: string;
  /** The opening line above the starters, when the conversation is empty. */
  welcome: string;
  tryAsking: string;
  /** Names the composer's field. */
  question: string;
  placeholder: string;
  send: string;
  stop: string;
  retry: string;
  startOver: string;
  /** Names the header's menu. */
  menu: string;
  /** Names the transcript for screen readers. */
  transcript: string;
  /** Said before each message by screen readers. */
  youAsked: string;
  agentAnswered: string;
  /** Shown and said while the first words are awaited. */
  thinking: string;
  reconnecting: string;
  stopped: string;
  sources: string;
  /** On the button that shows the sources beyond the first few. */
  allSources: (count: number) => string;
  /** On the link to the owner's terms, when they gave an address. */
  terms: string;
  /** Said after a link that leaves the page. */
  opensInNewTab: string;
  copyAnswer: string;
  /** On the button in the corner of a code block. */
  copyCode: string;
  copied: string;
  goodAnswer: string;
  badAnswer: string;
  latest: string;
  dismiss: string;
  restoring: string;
  /** Shown once: one is talking to a machine. */
  disclosure: string;
  /** Names a table or code block that scrolls sideways. */
  scrollable: string;
  /** Near the limit: how many characters are left, or by how many the question is too long. */
  charactersLeft: (count: number) => string;
  charactersTooMany: (count: number) => string;
  problems: Record<ProblemCode, string>;
  /** What to say when the proxy cannot be reached at all. */
  unreachable: string;
  offline: string;
};
