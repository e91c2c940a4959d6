/** Turns shared through Redis: started on one instance, read, stopped and recovered through any. */
import type { Problem } from "../../protocol/problems.ts";
import type { Redis } from "../../redis/redis.ts";
import { createClaims } from "./claim-turn.ts";
import { AbandonedTurns } from "./abandoned-turns.ts";
import { ReplicatedWriters } from "./replicated-writers.ts";
import type { TurnLog, TurnSnapshot } from "./turn-log.ts";
import type { LocalTurns } from "../memory-turns.ts";
import { TurnFinder } from "./find-turn.ts";
import { keepPresent, type Pace } from "./instance-heartbeat.ts";
import type { Schedule } from "../../schedule.ts";
import type { Seal } from "./stored-event.ts";
import type { Turn } from "../turn.ts";
import type { TurnStore } from "../turn-store.ts";
import type { TurnWriter } from "../turn-writer.ts";
import type { Turns } from "../types.ts";

/** A turn whose writer died or stopped; the instance that takes it has to complete its answer. */
export type Orphan = {
  turn: Turn;
  writer: TurnWriter;
  prompt: string;
  conversation: string;
  newerThan?: number;
};

export type SharedTurnsOptions = {
  redis: Redis;
  turnLog: TurnLog;
  local: LocalTurns;
  store: TurnStore;
  /** While Redis is away, new turns are refused (`RedisAway`), or started for this instance alone. */
  whenAway: "refuse" | "local";
  seal: Seal;
  schedule: Schedule;
  recover: (orphan: Orphan) => void;
  /** Called with errors of Redis. */
  report: (error: unknown) => void;
  pace?: Pace;
};

const usualPace: Pace = { beat: 1000, lease: 3000 };

export function createSharedTurns(options: SharedTurnsOptions): Turns {
  const { turnLog, local, store } = options;
  const pace = options.pace ?? usualPace;
  const abandoned = new AbandonedTurns(options);
  const writers = new ReplicatedWriters({ ...options, abandoned }, (turn) => {
    if (turn.ending?.kind === "handedOver") store.drop(turn);
  });
  const finder = new TurnFinder({
    ...options,
    pause: pace.beat,
    isWritten: (turn) => writers.of(turn) !== undefined,
    recover: (turn, keys, seen) => recoverTurn(options, writers, turn, keys, seen),
  });
  const claims = createClaims({
    ...options,
    abandoned,
    finder,
    start(turn, attempt, asking, isKnown) {
      finder.noteAttempt(turn, attempt.attemptId);
      return writers.start(turn, attempt, asking, isKnown);
    },
  });
  const forgetHere = (conversation: string) => forgetTurns(store, writers, conversation);
  const leave = joinInstances(options, pace, writers, forgetHere);

  return {
    find: (key) => finder.find(key),
    claim: (asking) => claims.claim(asking),
    release(turn: Turn, problem: Problem) {
      writers.release(turn, problem);
      store.drop(turn);
    },
    alsoKnownAs(turn, key, conversation) {
      store.alsoKnownAs(turn, key, conversation);
      writers.of(turn)?.alsoKnownAs(key, conversation);
    },
    async stop(key) {
      const turn = store.find(key);
      const writer = turn && writers.of(turn);
      writer?.stop();
      if (writer || turn?.ending?.kind === "answered" || turn?.ending?.kind === "stopped") return true;
      return turnLog.stop(key);
    },
    async forget(conversation) {
      forgetHere(conversation);
      await turnLog.forget(conversation);
    },
    get accepting() {
      return local.accepting;
    },
    async drain(milliseconds, problem) {
      local.close();
      await claims.decided();
      await store.untilIdle(milliseconds);
      await writers.handOver(problem);
      await abandoned.settle();
      for (const turn of store.running()) turn.fail(problem);
      await leave();
    },
  };
}

/** Makes this instance the writer of a turn that it has taken, and brings its answer to an end. */
function recoverTurn(
  { store, recover }: SharedTurnsOptions,
  writers: ReplicatedWriters,
  turn: Turn,
  keys: readonly string[],
  seen: TurnSnapshot,
): void {
  const { prompt, digest, conversation, newer } = seen;
  const record = { prompt, digest, conversation, newer, keys };
  store.own(turn, true);
  const saved = turn.log.count;
  const writer = writers.open({ turn, attempt: seen, record, saved, isKnown: true });
  if (seen.isStopped) return writer.stop();
  const newerThan = newer === "" ? {} : { newerThan: Number(newer) };
  recover({ turn, writer, prompt, conversation, ...newerThan });
}

function forgetTurns(store: TurnStore, writers: ReplicatedWriters, conversation: string): void {
  for (const turn of store.of(conversation)) {
    writers.of(turn)?.stop();
    turn.stop();
    store.drop(turn);
  }
}

/** Receives what other instances publish and renews this instance's lease; returns how to end both. */
function joinInstances(
  { redis, turnLog, store, schedule }: SharedTurnsOptions,
  pace: Pace,
  writers: ReplicatedWriters,
  forgetHere: (conversation: string) => void,
): () => Promise<void> {
  const undo = [
    store.watchDrops((turn) => writers.letGo(turn)),
    turnLog.onAll((kind, [conversation]) => {
      if (kind === "forget" && conversation !== undefined) forgetHere(conversation);
    }),
    turnLog.onInstance((kind, [id]) => {
      if (kind === "stop" && id !== undefined) writers.stop(id);
    }),
  ];
  const arrived = (needsResync: boolean) => void writers.catchUp(needsResync);
  const endLease = keepPresent({ redis, turnLog, schedule, pace, arrived });
  return async () => {
    for (const step of undo) step();
    await endLease();
  };
}
