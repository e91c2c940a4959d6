/** Turn log in Redis: typed calls of the scripts by which instances share turns. */
import * as v from "valibot";
import type { Redis, Script } from "../../redis/redis.ts";
import * as custody from "./ownership-lua.ts";
import * as scripts from "./log-lua.ts";
import type { TurnRequest } from "../types.ts";

/** One attempt at a turn: a turn that upstream never accepted may be started again under the same id. */
export type Attempt = { id: string; attemptId: string };

/** What another instance needs to continue a turn. */
export type TurnRecord = {
  prompt: string;
  /** As in `Turn`. */
  digest: string;
  /** Empty while there is none yet. */
  conversation: string;
  /** The newest message id known before the question; empty for none. */
  newer: string;
  keys: readonly string[];
};

export type TurnSnapshot = Attempt &
  Omit<TurnRecord, "keys"> & {
    state: "running" | "ended";
    /** Empty when it was handed over and no instance has taken it yet. */
    owner: string;
    isOwnerRunning: boolean;
    isStopped: boolean;
    events: string[];
  };

const claimed = v.tuple([
  v.picklist(["begun", "known", "not-theirs", "other-question", "busy", "forgotten"]),
  v.string(),
]);
const appended = v.tuple([
  v.picklist(["saved", "missing", "gone", "lost", "forgotten"]),
  v.number(),
  v.number(),
]);
const readReply = v.nullable(
  v.tupleWithRest(
    [
      v.string(),
      v.string(),
      v.string(),
      v.string(),
      v.string(),
      v.picklist(["running", "ended"]),
      v.string(),
      v.string(),
      v.number(),
      v.number(),
    ],
    v.string(),
  ),
);
const remembered = v.tuple([v.nullable(v.string()), v.nullable(v.string())]);

type TurnLogOptions = {
  redis: Redis;
  /** This instance's name, of its own among all. */
  instance: string;
  /** Milliseconds that a turn is stored after its last event: `life` while unfinished, `keep` when finished. */
  life: number;
  keep: number;
};

export type TurnLog = ReturnType<typeof createTurnLog>;

const prefix = "{customgpt}:turns";
/** Longer than any visitor's token is good for, in milliseconds. */
const memoryLife = 400 * 86_400_000;

/** Every call rejects with `RedisAway` when Redis does not answer. */
export function createTurnLog({ redis, instance, life, keep }: TurnLogOptions) {
  const run = (script: Script, ...values: (string | number)[]) => redis.run(script, [prefix], values);

  return {
    instance,
    ...createMessages(redis, instance),
    async claim({ key, prompt, conversation, digest }: TurnRequest, attemptId: string) {
      const values = [
        key,
        prompt,
        conversation ?? "",
        instance,
        attemptId,
        life,
        keep,
        digest ?? "",
        digest === null ? 1 : 0,
      ];
      const [what, id] = v.parse(claimed, await run(scripts.claim, ...values));
      return { what, id };
    },
    /** `first` is the number of the first of these events. */
    async append(
      { id, attemptId }: Attempt,
      first: number,
      events: readonly string[],
      {
        ending,
        record,
        keepFor,
      }: { ending: "" | "ended" | "untouched"; record: TurnRecord | null; keepFor?: number },
    ) {
      const json = record === null ? "" : JSON.stringify(record);
      const values = [id, instance, attemptId, first, life, keepFor ?? keep, ending, json, ...events];
      const [what, top, stop] = v.parse(appended, await run(scripts.append, ...values));
      return { what, top, isStopped: stop === 1 };
    },
    /** The turn with its events after the given one, or null. */
    async read(key: string, after: number): Promise<TurnSnapshot | null> {
      const found = v.parse(readReply, await run(scripts.read, key, after));
      return found && snapshotOf(found);
    },
    take: async ({ id, attemptId }: Attempt, from: string) =>
      (await run(custody.take, id, attemptId, instance, from)) === 1,
    handOver: async ({ id, attemptId }: Attempt) =>
      (await run(custody.handOver, id, attemptId, instance)) === 1,
    /** Ends a turn of this instance that it writes no more. */
    giveUp: ({ id, attemptId }: Attempt, event: string, retryable: boolean, keepFor: number) =>
      run(custody.giveUp, id, instance, attemptId, keepFor, retryable ? "1" : "0", event),
    stop: async (key: string) => (await run(custody.stop, key)) === 1,
    forget: (conversation: string) => run(custody.forget, conversation),
    /** Renews this instance's lease for `lease` milliseconds; 0 ends it. Returns whether Redis still knew the lease. */
    beat: async (lease: number) => (await run(custody.beat, instance, lease)) === 1,
    /** Stores the given values of a conversation, and returns the known ones. */
    async memory(conversation: string, newest: number | "" = "", forgotten: "" | "0" | "1" = "") {
      const values = [conversation, memoryLife, newest, forgotten];
      const [known, gone] = v.parse(remembered, await run(custody.memory, ...values));
      return { newest: known === null ? undefined : Number(known), isForgotten: gone === "1" };
    },
  };
}

function snapshotOf(found: NonNullable<v.InferOutput<typeof readReply>>): TurnSnapshot {
  const [id, prompt, digest, conversation, newer, state, owner, attemptId, ownerRunning, stop, ...events] =
    found;
  const flags = { isOwnerRunning: ownerRunning === 1, isStopped: stop === 1 };
  return { id, attemptId, prompt, digest, conversation, newer, state, owner, ...flags, events };
}

type OnMessage = (kind: string, parts: string[]) => void;

/** Messages that the scripts publish: on a turn, to one instance, to all; each function returns how to unsubscribe. */
function createMessages(redis: Redis, instance: string) {
  const subscribe = (channel: string, onMessage: OnMessage) =>
    redis.subscribe(`${prefix}:${channel}`, (message) => {
      const [kind = "", ...parts] = message.split("\u001e");
      onMessage(kind, parts);
    });
  return {
    onTurn: (id: string, onMessage: OnMessage) => subscribe(`to:${id}`, onMessage),
    onInstance: (onMessage: OnMessage) => subscribe(`instance:${instance}`, onMessage),
    onAll: (onMessage: OnMessage) => subscribe("all", onMessage),
  };
}
