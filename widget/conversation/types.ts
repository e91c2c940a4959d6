/** Types of a conversation: its turns, what is stored of them, and its state. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Citation, Page, Reaction, TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import type { ProblemCode, ProofChallenge } from "../../proxy/protocol/problems.ts";

/**
 * Problem as the visitor sees it. Besides the proxy's own problems there are four that only a browser can see: `offline`
 * (no network here), `unreachable` (no answer from the proxy), `no-answer` (an empty one) and `signed-out` (the page's
 * identity is invalid or has expired). The messages are in `i18n/`; only the code is stored.
 */
export type VisitorProblem = {
  readonly code: ProblemCode | "unreachable" | "offline" | "no-answer" | "signed-out";
  /** Whole seconds after which trying again may help. */
  readonly retryAfter?: number;
  /** The owner's own words for it, as plain text. */
  readonly words?: string;
  /** Found by the browser after a request broke off, which the proxy may have received. */
  readonly unsure?: true;
  /** Proof of work that the transport has to do first. */
  readonly proof?: ProofChallenge;
};

/** A finished turn: plain frozen data. */
export type FinishedTurn = {
  /** Created in this browser for view and page; no request contains it. */
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
  /** The page it was asked about; unknown for turns that were fetched. */
  readonly page?: Page | null | undefined;
  /** It ended while this page was open, in whichever tab it was asked; absent for turns that were restored. */
  readonly isNews?: true;
};

/**
 * `waiting` until the first text; `reconnecting` after a lost connection, until the stream goes on; `offline` while the
 * question waits for a network and has surely not been sent.
 */
export type Phase = "waiting" | "answering" | "reconnecting" | "offline";

/** The turn being answered now: the only live one. */
export type StreamingTurn = {
  readonly id: string;
  readonly question: string;
  readonly page?: Page | null | undefined;
  readonly answer: ReadonlySignal<string>;
  readonly phase: ReadonlySignal<Phase>;
};

/** Reference to a conversation at the proxy: its id and the visitor's token, useless without each other. */
export type ConversationRef = {
  readonly conversation: string;
  /** Replaced by the transport when the proxy sends a fresh one; empty for a person, whom only their identity lets in. */
  visitor: string;
};

/** A question that was about to be sent, or sent, and has no complete answer. */
export type PendingTurn = {
  /** Id for the proxy, the store and other tabs. */
  readonly id: string;
  /** Id for the view and the page's scripts, which do not learn the other one. */
  readonly name: string;
  /** Secret by which a client without a token joins it; null if an older version asked. */
  readonly secret: string | null;
  readonly question: string;
  /** When it was asked, in milliseconds since 1970. */
  readonly at: number;
  /** Whether the proxy has accepted it. Then it must never be sent again, only followed. */
  readonly taken: boolean;
  /** The last message known before it; null when there was none. */
  readonly after: string | null;
  /** Whether it was asked without a network and has surely not been sent since then. */
  readonly waits?: boolean;
  /** The page it is about, if the visitor sends it along. */
  readonly page?: Page | null;
  /** The unanswered turn that it replaces; its own id where it may have been sent before. */
  readonly instead?: string;
  /** Of a stopped turn: its answer so far, which may be stored nowhere else. */
  readonly stopped?: string;
};

/** The conversation a turn belongs to; its reference becomes known with the first answer, and null when it was deleted. */
export type ConversationSlot = { readonly ref: ConversationRef | null };

export type TurnOutcome =
  | { readonly end: "answered"; readonly message: string | null }
  /** The stream was lost for good, but the stored answer was there. */
  | { readonly end: "stored"; readonly stored: TranscriptMessage }
  | { readonly end: "stopped" }
  | { readonly end: "failed"; readonly problem: VisitorProblem };

export type LiveTurn = {
  readonly controller: AbortController;
  /** The same turn as the view sees it. */
  readonly view: StreamingTurn;
  /** As it is stored. */
  pending: PendingTurn;
  citations: readonly Citation[];
  /** Whether the visitor still waits for it. */
  wanted: boolean;
  /** Whether another tab has the stream, and stores the turn. */
  remote: boolean;
  /** Whether a request for it has left this tab, and not another. */
  sent: boolean;
  /** Settles when the turn is over. */
  over: Promise<void>;
  append(text: string): void;
  setPhase(phase: Phase): void;
};

/** With `again`, the action that failed can be repeated. */
export type ConversationProblem = VisitorProblem & { readonly again?: () => void };

/**
 * Conversation state: what there is to read of it, and the only ways to change it. The files of this folder own
 * it; everything else, tabs and history included, calls these methods.
 */
export interface ConversationState {
  readonly finished: ReadonlySignal<readonly FinishedTurn[]>;
  readonly streaming: ReadonlySignal<StreamingTurn | null>;
  readonly restoring: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<ConversationProblem | null>;
  /** Aborts when the chat is taken off the page. */
  readonly closed: AbortSignal;
  readonly slot: ConversationSlot;
  readonly live: Readonly<LiveTurn> | null;
  /** The last turn when it ended in a way that only this browser can store: stopped or failed. */
  readonly ended: PendingTurn | null;
  ask(question: string): void;
  /** Asks what was asked while an earlier conversation was being fetched. */
  askEarly(): void;
  newTurn(question: string, page?: Page | null): PendingTurn;
  /** The newest message there is. */
  last(): string | undefined;
  /** `isStored`: the turn is in the store already, where other tabs may have gone on meanwhile. */
  start(pending: PendingTurn, isStored?: boolean): void;
  /** Starts a turn that another tab streams, in place of what it replaces. */
  startRemote(pending: PendingTurn): void;
  finish(turn: Readonly<LiveTurn>, outcome: TurnOutcome): void;
  /** Drops the live turn and closes its stream; what becomes of it is known elsewhere. */
  release(): void;
  /** Says of the live turn whether another tab streams it. Does nothing when it is another turn. */
  setRemote(turn: string, remote: boolean): void;
  /** Says of the live turn that the proxy has taken it, as another tab knows. */
  setTaken(): void;
  /** Shows the stored text of the turn that ended last, which another tab stopped a few words earlier or later. */
  setStopped(pending: PendingTurn): void;
  /** Names the conversation at the proxy. */
  setRef(ref: ConversationRef): void;
  /** Shows an empty conversation. */
  clear(): void;
}

type Written = {
  readonly finished: Signal<readonly FinishedTurn[]>;
  readonly streaming: Signal<StreamingTurn | null>;
  readonly restoring: Signal<boolean>;
  readonly problem: Signal<ConversationProblem | null>;
  readonly closing: AbortController;
  slot: { ref: ConversationRef | null };
  live: LiveTurn | null;
  /** What must be over before the next question is sent: a stop that is on its way. */
  before: Promise<void>;
  ended: PendingTurn | null;
  /** Asked while an earlier conversation was being fetched. */
  early: string | null;
};

/** Conversation state as the files of this folder write it. */
export type OwnState = Omit<ConversationState, keyof Written> & Written;
