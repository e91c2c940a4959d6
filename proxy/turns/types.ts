/** Types of turns: what routes may ask of them, wherever they are written. */
import type { Problem } from "../protocol/problems.ts";
import type { Turn } from "./turn.ts";
import type { TurnWriter } from "./turn-writer.ts";

/** What is asked under a turn's key. */
export type TurnRequest = {
  key: string;
  prompt: string;
  /** The conversation it is asked in; null for the question that begins one. */
  conversation: string | null;
  /**
   * The digest of the secret by which it may be joined, empty where there is none; null where the key itself holds
   * somebody who was let in by a token or an identity.
   */
  digest: string | null;
};

export type Claim =
  /** Nobody had it: whoever holds the writer asks upstream, and nobody else does. */
  | { kind: "begun"; turn: Turn; writer: TurnWriter }
  /** It was begun before, here or on another instance, with this same prompt. */
  | { kind: "joined"; turn: Turn }
  /** The key stands for another question already. */
  | { kind: "other-question" }
  /** Its question is somebody else's, as far as can be told: another secret was sent, or none. */
  | { kind: "not-theirs" }
  /** The conversation's last question is still being answered. */
  | { kind: "busy" }
  /** The conversation was forgotten. */
  | { kind: "forgotten" }
  /** No more turns can run here, or the proxy is shutting down. */
  | { kind: "full" };

type Soon<Value> = Value | Promise<Value>;

/** Shared with other instances, every promise rejects with `RedisAway` where Redis would have to be asked and is away. */
export type Turns = {
  /** The turn under this key, or null. It grows as it is written, on whichever instance. */
  find(key: string): Soon<Turn | null>;
  /** The turn under this key, or a new one, decided in one step: two requests can never both begin it. */
  claim(asking: TurnRequest): Soon<Claim>;
  /** Gives up a turn that was just begun and will not be asked: those who joined it are told the problem. */
  release(turn: Turn, problem: Problem): void;
  /** Makes a turn known by one more key, in the conversation that it has begun. Before its first event. */
  alsoKnownAs(turn: Turn, key: string, conversation: string): void;
  /** Stops a turn, ending its upstream call at once; false when there is none by this key. */
  stop(key: string): Soon<boolean>;
  /** Stops and drops every turn of the conversation. */
  forget(conversation: string): Soon<void>;
  /** Whether new turns are taken. */
  readonly accepting: boolean;
  /** Begins no more turns, waits for the running ones up to so many milliseconds, then hands over or fails the rest. */
  drain(milliseconds: number, problem: Problem): Promise<void>;
};

/** What is remembered of a conversation between its turns. */
export type Conversations = {
  /** The newest upstream message id known; undefined when none is. Never rejects. */
  newest(conversation: string): Soon<number | undefined>;
  /** Notes an upstream message id; an older one than the known changes nothing. Never rejects. */
  noteMessage(conversation: string, message: number): Soon<void>;
  /** Whether the visitor had it deleted: upstream would bring a deleted conversation back to life on the next send. */
  isForgotten(conversation: string): Soon<boolean>;
  /** From now on it takes no question, on any instance. */
  forget(conversation: string): Soon<void>;
  /** Takes `forget` back, when upstream did not delete it after all. */
  recall(conversation: string): Soon<void>;
};
