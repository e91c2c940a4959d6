/** JSON bodies that widget and proxy exchange. */
import type { BadReason } from "./contact.ts";

/** Page on which a question was asked; sent only with the visitor's consent. */
export type Page = { title: string; url: string };

/** Body of `POST …/conversations` and of `POST …/messages`. */
export type Question = {
  /** The visitor's text. */
  prompt: string;
  /** A UUID made by the browser. The same turn sent twice is one question to the agent. */
  turn: string;
  page?: Page;
  /** BCP 47 tag of the language the visitor reads, such as `de` or `pt-BR`. */
  language?: string;
};

export type Citation = {
  /** The source's place in the agent's list, from "1": the number a `[1]` in the answer means. */
  id: string;
  title: string;
  /** An http or https address, or null when the source has no address a visitor could open. */
  url: string | null;
  description: string | null;
  /** A path on the proxy that serves the source's picture, or null. Never an address elsewhere. */
  image: string | null;
};

export const reactions = ["liked", "disliked", "neutral"] as const;
export type Reaction = (typeof reactions)[number];

/** Body of `PUT …/feedback`. Reason and text go to the owner's webhook, if there is one. */
export type Feedback = { reaction: Reaction; reason?: BadReason; words?: string };

/** One question and its answer in the transcript. */
export type TranscriptMessage = {
  message: string;
  prompt: string;
  answer: string;
  citations: Citation[];
  reaction: Reaction;
};

/** Answer to `GET …/messages`: oldest first. */
export type Transcript = { conversation: string; messages: TranscriptMessage[] };

/** Answer to `GET …/agents/{agent}/conversations`: a person's latest conversation; null when they have none. */
export type LatestConversation = { conversation: string | null };

/** Response to a `POST` that accepts `application/json`: the whole answer. */
export type WholeAnswer = {
  conversation: string;
  /** The visitor's token, empty for a person with an identity; present when the conversation is new. */
  visitor?: string;
  turn: string;
  message: string | null;
  answer: string;
  citations: Citation[];
};

/** Texts that the owner has set for the agent; null for the default. */
export type AgentTexts = {
  /** Shown while the answer has no text yet. */
  thinking: string | null;
  /** Shown when the service is not available. */
  outage: string | null;
  /** Shown when the owner's queries are used up. */
  outOfQueries: string | null;
  /** The whole answer where the agent found nothing. */
  noAnswer: string | null;
  /** Label above the suggested questions. */
  tryAsking: string | null;
  /** Label above the sources of an answer. */
  sources: string | null;
  /** Terms of use under the composer: text or an address. */
  terms: string | null;
  /** The owner's wording of "you are talking to an AI". */
  disclosure: string | null;
};

/** The agent's public profile, `GET /v1/agents/{agent}`: only what the widget needs to render. */
export type AgentProfile = {
  agent: string;
  title: string;
  /** Path on the proxy of the agent's picture, or null. */
  avatar: string | null;
  /** Path on the proxy of the launcher's picture, or null. */
  launcherPicture: string | null;
  /** The owner's colour as `#rrggbb`, or null. */
  color: string | null;
  /** The composer's invitation to ask, or null. */
  placeholder: string | null;
  starters: string[];
  /** BCP 47 tag of the interface language the owner chose, or null. */
  language: string | null;
  /** Whether answers may be rated. */
  feedback: boolean;
  /** Whether sources are shown under an answer. */
  citations: boolean;
  /** Maximum length of a question, in characters. */
  longestPrompt: number;
  /** Whether the owner can be written to through the proxy. */
  contact: boolean;
  texts: AgentTexts;
};
