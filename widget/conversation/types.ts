/** A turn: a question and its answer, in the states it goes through. */
import type { ReadonlySignal } from "@preact/signals";
import type { Citation, Page, Reaction } from "../../proxy/protocol/bodies.ts";
import type { ProblemCode, ProofChallenge } from "../../proxy/protocol/problems.ts";

/**
 * What went wrong, as a visitor is told it. To the proxy's own problems come four that only a browser can see: `offline`
 * (no network here), `unreachable` (no answer from the proxy), `no-answer` (one without a word) and `signed-out` (the
 * identity that the page gave is not good, or no more). The words are in `text/`; the code is all that is kept.
 */
export type VisitorProblem = {
  readonly code: ProblemCode | "unreachable" | "offline" | "no-answer" | "signed-out";
  /** Whole seconds after which trying again may help. */
  readonly retryAfter?: number;
  /** The owner's own words for it, as plain text. */
  readonly words?: string;
  /** Found out here after a request broke off, which the proxy may have heard. */
  readonly unsure?: true;
  /** Work that this machine has to do first; the transport's affair. */
  readonly proof?: ProofChallenge;
};

/** A finished turn: plain frozen data. */
export type SettledTurn = {
  /** Made in this browser for view and page; no request carries it. */
  readonly id: string;
  readonly question: string;
  /** Markdown. For a stopped or failed turn, as far as it came. */
  readonly answer: string;
  readonly citations: readonly Citation[];
  /** The proxy's id for rating it, or null when it cannot be rated. */
  readonly message: string | null;
  readonly reaction: Reaction;
  readonly end: "answered" | "stopped" | "failed";
  /** Why it failed; null otherwise. */
  readonly problem: VisitorProblem | null;
  /** The page it was asked about; of turns that were fetched, nobody knows it here. */
  readonly page?: Page | null | undefined;
  /** It ended on this page, in whichever tab it was asked; what was fetched or remembered is no news to anybody. */
  readonly isNews?: true;
};

/**
 * `waiting` until the first words; `reconnecting` after a cut, until the stream is found again; `offline` while the
 * question waits for a network and has surely not been sent.
 */
export type Phase = "waiting" | "answering" | "reconnecting" | "offline";

/** The turn being answered now: the only live one. */
export type GrowingTurn = {
  readonly id: string;
  readonly question: string;
  readonly page?: Page | null | undefined;
  readonly answer: ReadonlySignal<string>;
  readonly phase: ReadonlySignal<Phase>;
};
