/** What others may know of a conversation and do to it: the view, and whoever runs it. */
import type { ReadonlySignal } from "@preact/signals";
import type { Reaction } from "../../proxy/protocol/bodies.ts";
import type {
  StreamingTurn,
  FinishedTurn,
  VisitorProblem,
  ConversationProblem,
  ConversationState,
} from "./types.ts";

export interface Conversation {
  /** Finished turns, oldest first; a new array whenever one is added or changed. */
  readonly finished: ReadonlySignal<readonly FinishedTurn[]>;
  readonly streaming: ReadonlySignal<StreamingTurn | null>;
  /** True while an earlier conversation is being fetched. */
  readonly restoring: ReadonlySignal<boolean>;
  /** Something that went wrong outside any turn (restoring, rating, starting over), until dismissed. */
  readonly problem: ReadonlySignal<ConversationProblem | null>;

  /**
   * Asks; does nothing while an answer grows or when the question is blank. Returns why it could not be asked, and then it
   * is still the asker's; else null.
   */
  ask(question: string): VisitorProblem | null;
  /** Ends the growing answer, upstream too; what came so far stays. */
  stop(): void;
  /** Asks a failed or stopped turn's question again, in its place. Only the last turn can be retried. */
  retry(turn: string): void;
  rate(turn: string, reaction: Reaction): void;
  /** Begins an empty conversation; this one is kept among the earlier ones. */
  startOver(): void;
  dismissProblem(): void;
}

export type ConversationCallbacks = {
  /** The visitor asked; not called for a question found again after a reload. */
  onQuestion?(turn: { name: string; question: string }): void;
  /** A turn came to its end; `remote` when another tab had its stream, and tells as well. */
  onFinish?(turn: FinishedTurn, remote: boolean): void;
};

export type RunningConversation = Conversation & {
  /** For tabs, history and the composer's services, which change it by its methods only. */
  readonly state: ConversationState;
  /** Brings back what is remembered, and follows an answer that was still being written. Called first, and again where that failed. */
  restore(): Promise<void>;
  /** Stops, and resolves when that is over upstream. */
  settle(): Promise<void>;
  /** Shows an empty conversation, for when another one is to be shown or the visitor is somebody else now. Forgets nothing. */
  reset(): void;
  /** Stops listening, for when the chat is taken off the page. Nothing is stopped upstream, nothing forgotten. */
  dispose(): void;
};

/** A conversation that is kept on this device. */
export type HistoryEntry = {
  readonly id: string;
  /** Its first question; empty when that is not known. */
  readonly name: string;
  /** When it was last gone on with, in milliseconds since 1970. */
  readonly at: number;
  /** Whether it is the one that is shown. */
  readonly isPresent: boolean;
};

/** What can be done with the conversations that are kept on this device. */
export interface ConversationHistory {
  /** The present one first, then the others, latest first. */
  list(): readonly HistoryEntry[];
  /** Shows an earlier one; the present one takes its place in the list. False when it is there no more. */
  resume(id: string): boolean;
  /** Deletes it, here and upstream. Resolves to what went wrong, and then it is still there; else to null. */
  remove(id: string): Promise<VisitorProblem | null>;
}
