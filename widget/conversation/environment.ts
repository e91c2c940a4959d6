/** Environment of a conversation: transport, store, time and chance. `browser/` has the real ones. */
import type { Page, Reaction, Transcript } from "../../proxy/protocol/bodies.ts";
import type { StreamEvent } from "../../proxy/protocol/events.ts";
import type { VisitorProblem, ConversationRef, PendingTurn, FinishedTurn } from "./types.ts";
import type { BadReason, ContactMessage } from "../../proxy/protocol/contact.ts";

export type TurnRequest = {
  readonly turn: string;
  /** For the header of a question that begins a conversation. */
  readonly secret?: string | null;
  readonly prompt: string;
  readonly language?: string | undefined;
  readonly page?: Page | undefined;
};

/** Receives what a stream brings, in order. */
export type StreamListener = {
  /** The proxy has taken the request and answers with a stream. */
  opened(): void;
  event(event: StreamEvent): void;
};

/**
 * How a stream ended. `closed`: it was open; only its events say whether the turn is over. `unreachable`: it never
 * opened, and the proxy may have received the request. A problem: the proxy refused.
 */
export type StreamEnd = "closed" | "unreachable" | VisitorProblem;

export type Reply<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: VisitorProblem };

/** Connection to the proxy. No method rejects; an aborted stream ends as `closed`. */
export interface Transport {
  /** Asks, in a new conversation when `ref` is null. A turn that the proxy knows is joined from its beginning. */
  ask(
    ref: ConversationRef | null,
    asked: TurnRequest,
    listener: StreamListener,
    signal: AbortSignal,
  ): Promise<StreamEnd>;
  /** Follows a turn again, from the event after the one named; 0 for all. */
  resume(
    ref: ConversationRef,
    turn: string,
    after: number,
    listener: StreamListener,
    signal: AbortSignal,
  ): Promise<StreamEnd>;
  stop(ref: ConversationRef, turn: string): Promise<Reply<null>>;
  transcript(ref: ConversationRef, signal: AbortSignal): Promise<Reply<Transcript>>;
  react(ref: ConversationRef, message: string, reaction: Reaction): Promise<Reply<null>>;
  forget(ref: ConversationRef): Promise<Reply<null>>;
}

export type StoredConversation = {
  readonly ref: ConversationRef | null;
  readonly pending: PendingTurn | null;
  /** The newest message known; absent where there is none. */
  readonly last?: string;
  /** The turn that ended last, by which a tab that missed its end recognises its own question. */
  readonly turn?: string;
};

/** Stores the conversation over a reload. Never throws; a storage that is not available is an empty one. */
export interface ConversationStore {
  load(): StoredConversation | null;
  save(what: StoredConversation): void;
  /** Forgets the present conversation; earlier ones stay. */
  forget(): void;
  /** Moves the present conversation to the earlier ones, under its first question. */
  archive(question: string | undefined): void;
  /** Stores the reference of a conversation that was archived during this turn. */
  adoptArchived(turn: string, ref: ConversationRef): void;
}

/**
 * Message between tabs that show the same conversation: a request for a turn's events after one, the events that follow
 * event `after`, the refusal of its question, or that the visitor has seen the latest answer.
 */
export type TabMessage =
  | { readonly turn: string; readonly want: number }
  | {
      readonly turn: string;
      readonly after: number;
      readonly events: readonly StreamEvent[];
      readonly opened: boolean;
    }
  | { readonly turn: string; readonly refused: VisitorProblem }
  | { readonly turn: null };

/** The other tabs of this browser that show the same conversation. */
export interface TabChannel {
  post(message: TabMessage): void;
  subscribe(listener: (message: TabMessage) => void): () => void;
  /** Does the work while it holds the tabs' lock; resolves when the work is done, or aborted before it began. */
  lead(work: () => Promise<void>, signal: AbortSignal): Promise<void>;
}

export type ChatEnvironment = {
  readonly transport: Transport;
  readonly store: ConversationStore;
  /** Resolves when all files are loaded that a question needs before it is sent. Never rejects. */
  ready(): Promise<unknown>;
  /** Creates three UUIDs for a turn, none of which can be derived from another. */
  newNames(): Pick<PendingTurn, "id" | "name" | "secret">;
  /** Milliseconds since 1970. */
  now(): number;
  /** 0 to 1, for spreading retries. */
  random(): number;
  /** Resolves after `milliseconds`, or at once when aborted; earlier, and with true, when another try is worth it. */
  pause(milliseconds: number, signal: AbortSignal): Promise<boolean>;
  /** False when the browser is sure that there is no network. */
  online(): boolean;
  /** BCP 47 tag of the language the visitor reads. */
  language(): string | undefined;
  /** The page that is sent with a question; null unless the visitor sees that it is. */
  page(): Page | null;
};

/** Why an answer was bad, as far as the visitor says. */
export type FeedbackDetails = { readonly reason?: BadReason; readonly words?: string };

export interface ContactClient {
  /** Sends a message to the owner; once. Resolves to what went wrong, or null. */
  write(message: ContactMessage): Promise<VisitorProblem | null>;
  /** Tells the page why an answer was rated as bad, and the owner where they take messages. Resolves as `write` does. */
  explain(turn: FinishedTurn, why: FeedbackDetails): Promise<VisitorProblem | null>;
}
