/** What others may know of a conversation and do to it: the view, and whoever runs it. */
import type { ReadonlySignal } from "@preact/signals";
import type { Reaction } from "../../proxy/protocol/bodies.ts";
import type { GrowingTurn, SettledTurn, VisitorProblem } from "./turn.ts";

export interface Conversation {
  /** Finished turns, oldest first; a new array whenever one is added or changed. */
  readonly settled: ReadonlySignal<readonly SettledTurn[]>;
  readonly growing: ReadonlySignal<GrowingTurn | null>;
  /** True while an earlier conversation is being fetched. */
  readonly restoring: ReadonlySignal<boolean>;
  /** Something that went wrong outside any turn (restoring, rating, starting over), until dismissed. */
  readonly problem: ReadonlySignal<ProblemOutside | null>;

  /** Asks; does nothing while an answer grows or when the question is blank. */
  ask(question: string): void;
  /** Ends the growing answer, upstream too; what came so far stays. */
  stop(): void;
  /** Asks a failed or stopped turn's question again, in its place. Only the last turn can be retried. */
  retry(turn: string): void;
  rate(turn: string, reaction: Reaction): void;
  /** Forgets this conversation, here and upstream, and begins an empty one. */
  startOver(): void;
  dismissProblem(): void;
}

/** With `again`, what failed can be done once more. */
export type ProblemOutside = VisitorProblem & { readonly again?: () => void };

export type Told = {
  /** The visitor asked; not called for a question found again after a reload. */
  asked?(turn: { id: string; question: string }): void;
  /** A turn came to its end. */
  settled?(turn: SettledTurn): void;
};

export type RunningConversation = Conversation & {
  /** Brings back what is remembered, and follows an answer that was still being written. Called first, and again where that failed. */
  restore(): Promise<void>;
  /** Lets go of the conversation here, for when the visitor is somebody else now. Nothing is stopped or forgotten upstream. */
  drop(): void;
  /** Stops listening, for when the chat is taken off the page. Nothing is stopped upstream, nothing forgotten. */
  leave(): void;
};
