/** Conversation as the view and the app see it. */
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
  /** True while a stored conversation is being restored. */
  readonly restoring: ReadonlySignal<boolean>;
  /** Something that went wrong outside any turn (restoring, rating, starting over), until dismissed. */
  readonly problem: ReadonlySignal<ConversationProblem | null>;

  /**
   * Asks; does nothing while an answer streams or when the question is blank. Returns why it could not be asked, and then
   * the caller keeps it; else null.
   */
  ask(question: string): VisitorProblem | null;
  /** Stops the streaming answer, upstream too; its text so far stays. */
  stop(): void;
  /** Asks the question of a failed or stopped turn again, in its place. Only the last turn can be retried. */
  retry(turn: string): void;
  rate(turn: string, reaction: Reaction): void;
  /** Starts an empty conversation; this one is archived. */
  startOver(): void;
  dismissProblem(): void;
}

export type ConversationCallbacks = {
  /** The visitor asked; not called for a question that is restored. */
  onQuestion?(turn: { name: string; question: string }): void;
  /** A turn ended; `remote` when another tab had its stream, and calls back as well. */
  onFinish?(turn: FinishedTurn, remote: boolean): void;
};

export type RunningConversation = Conversation & {
  /** For tabs, history and composer services, which change it by its methods only. */
  readonly state: ConversationState;
  /** Restores what is stored, and follows an answer that was still streaming. Called first, and again after a failure. */
  restore(): Promise<void>;
  /** Stops, and resolves when upstream has stopped. */
  settle(): Promise<void>;
  /** Shows an empty conversation, before another one is shown or when the identity has changed. Deletes nothing. */
  reset(): void;
  /** Ends all work of this page, when the chat is removed. Stops nothing upstream, deletes nothing. */
  dispose(): void;
};

/** Conversation that is stored on this device. */
export type HistoryEntry = {
  readonly id: string;
  /** Its first question; empty when that is not known. */
  readonly name: string;
  /** When it was last continued, in milliseconds since 1970. */
  readonly at: number;
  /** Whether it is the one that is shown. */
  readonly isPresent: boolean;
};

/** Conversations that are stored on this device. */
export interface ConversationHistory {
  /** The present one first, then the others, latest first. */
  list(): readonly HistoryEntry[];
  /** Shows an earlier one; the present one takes its place in the list. False when it is no longer stored. */
  resume(id: string): boolean;
  /** Deletes it, here and upstream. Resolves to the problem, and then it is still stored; else to null. */
  remove(id: string): Promise<VisitorProblem | null>;
}
