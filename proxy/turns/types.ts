/** Types of turns: what routes may ask of them, whichever instance writes them. */
import type { Problem } from "../protocol/problems.ts";
import type { Turn } from "./turn.ts";
import type { TurnWriter } from "./turn-writer.ts";

/** Request for a turn under its key. */
export type TurnRequest = {
  key: string;
  prompt: string;
  /** The conversation it is asked in; null for a question that starts one. */
  conversation: string | null;
  /**
   * Digest of the secret with which it may be joined, empty if there is none; null where the key itself belongs to a
   * visitor who was authenticated.
   */
  digest: string | null;
};

export type Claim =
  /** The turn is new: only the holder of the writer asks upstream. */
  | { kind: "begun"; turn: Turn; writer: TurnWriter }
  /** It was started before, here or on another instance, with the same prompt. */
  | { kind: "joined"; turn: Turn }
  /** The key belongs to another question. */
  | { kind: "other-question" }
  /** Its question is another visitor's, as far as is known: another secret was sent, or none. */
  | { kind: "not-theirs" }
  /** The conversation's last question is still being answered. */
  | { kind: "busy" }
  /** The conversation was forgotten. */
  | { kind: "forgotten" }
  /** No more turns can run here, or the proxy is shutting down. */
  | { kind: "full" };

type Soon<Value> = Value | Promise<Value>;

/** If turns are shared, every promise rejects with `RedisAway` when Redis has to be asked and is away. */
export type Turns = {
  /** The turn under this key, or null. It grows while any instance writes it. */
  find(key: string): Soon<Turn | null>;
  /** The turn under this key, or a new one, decided in one step: two requests never both start it. */
  claim(asking: TurnRequest): Soon<Claim>;
  /** Gives up a turn that was just started and will not be asked: requests that joined it receive the problem. */
  release(turn: Turn, problem: Problem): void;
  /** Adds a key to a turn, and the conversation that it has started. Before its first event. */
  alsoKnownAs(turn: Turn, key: string, conversation: string): void;
  /** Stops a turn, ending its upstream call at once; false when there is none by this key. */
  stop(key: string): Soon<boolean>;
  /** Stops and drops every turn of the conversation. */
  forget(conversation: string): Soon<void>;
  /** Whether new turns are taken. */
  readonly accepting: boolean;
  /** Starts no more turns, waits up to `milliseconds` for the running ones, then hands over or fails the rest. */
  drain(milliseconds: number, problem: Problem): Promise<void>;
};

/** State of conversations between their turns. */
export type Conversations = {
  /** The newest upstream message id known; undefined when none is. Never rejects. */
  newest(conversation: string): Soon<number | undefined>;
  /** Notes an upstream message id; an older one than the known changes nothing. Never rejects. */
  noteMessage(conversation: string, message: number): Soon<void>;
  /** Whether the visitor had it deleted: upstream would bring a deleted conversation back to life on the next send. */
  isForgotten(conversation: string): Soon<boolean>;
  /** From now on it takes no question, on any instance. */
  forget(conversation: string): Soon<void>;
  /** Reverts `forget`, when upstream did not delete it after all. */
  recall(conversation: string): Soon<void>;
};
