/** Turns shared through Redis: begun on one instance, read, stopped and recovered through any. */
import type { Problem } from "../../protocol/problems.ts";
import type { Redis } from "../../redis/redis.ts";
import { createClaims } from "./claim-turn.ts";
import { AbandonedTurns } from "./abandoned-turns.ts";
import { ReplicatedWriters } from "./replicated-writers.ts";
import type { TurnLog, TurnSnapshot } from "./turn-log.ts";
import type { LocalTurns } from "../memory-turns.ts";
import { followRemoteTurn } from "./remote-turn.ts";
import { keepPresent, type Pace } from "./instance-heartbeat.ts";
import type { Schedule } from "../../schedule.ts";
import type { Seal } from "./stored-event.ts";
import type { Turn } from "../turn.ts";
import type { TurnStore } from "../turn-store.ts";
import type { TurnWriter } from "../turn-writer.ts";
import type { Turns } from "../types.ts";

/** A turn whose writer died or stopped: whoever gets it has to bring its answer to an end. */
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
  /** While Redis is away, new turns are refused (`RedisAway`), or begun for this instance alone. */
  whenAway: "refuse" | "local";
  seal: Seal;
  schedule: Schedule;
  recover: (orphan: Orphan) => void;
  /** Told of what Redis refused. */
  report: (error: unknown) => void;
  pace?: Pace;
};

const usualPace: Pace = { beat: 1000, lease: 3000 };
/** How often in a row a writer must be found missing: one whose lease ran out while Redis was away gets time to say so. */
const looks = 3;

export function createSharedTurns(options: SharedTurnsOptions): Turns {
  const { redis, turnLog, local, store, seal, schedule, report } = options;
  const pace = options.pace ?? usualPace;
  const abandoned = new AbandonedTurns({ turnLog, seal, report });
  const writers = new ReplicatedWriters({ turnLog, redis, seal, report, abandoned }, (turn) => {
    if (turn.ending?.kind === "handedOver") store.drop(turn);
  });
  const attempts = new WeakMap<Turn, string>();

  /** The turn as this process holds it, if what it holds cannot have been begun anew elsewhere. */
  function findHere(key: string): Turn | undefined {
    const turn = store.find(key);
    return turn?.ending?.kind === "failed" && !writers.of(turn) ? undefined : turn;
  }

  /** A turn of another instance, kept up to date here. */
  function follow(key: string, seen: TurnSnapshot): Turn | null {
    const known = store.find(seen.id) ?? store.find(key);
    if (known && attempts.get(known) === seen.attemptId) {
      if (store.find(key) !== known) store.alsoKnownAs(known, key, seen.conversation);
      return known;
    }
    const keys = [...new Set([seen.id, key])];
    const conversation = seen.conversation === "" ? null : seen.conversation;
    const turn = store.hold({ prompt: seen.prompt, digest: seen.digest, keys, conversation, own: false });
    if (!turn) return null;
    attempts.set(turn, seen.attemptId);
    const options = { turn, turnLog, seal, schedule, pause: pace.beat, looks, report };
    const mayRecover = () => local.accepting;
    const recovered = (now: TurnSnapshot) => recover(turn, keys, now);
    turn.signal.addEventListener("abort", followRemoteTurn({ ...options, mayRecover, recovered }, seen));
    return turn;
  }

  function recover(turn: Turn, keys: readonly string[], seen: TurnSnapshot): void {
    const { prompt, digest, conversation, newer } = seen;
    const record = { prompt, digest, conversation, newer, keys };
    store.own(turn, true);
    const saved = turn.log.count;
    const writer = writers.open({ turn, attempt: seen, record, saved, isKnown: true });
    if (seen.isStopped) return writer.stop();
    const newerThan = newer === "" ? {} : { newerThan: Number(newer) };
    options.recover({ turn, writer, prompt, conversation, ...newerThan });
  }

  /** The turn as Redis knows it; nothing is fetched of it that is here. */
  async function lookUp(key: string): Promise<Turn | null> {
    const known = store.find(key);
    const seen = await turnLog.look(key, known?.log.count ?? 0);
    if (!known || !seen) return seen && follow(key, seen);
    if (store.find(key) === known && attempts.get(known) === seen.attemptId) return known;
    const whole = await turnLog.look(key, 0);
    return whole && follow(key, whole);
  }

  const looking = new Map<string, Promise<Turn | null>>();

  /** However many want a turn at once, it is fetched once. */
  async function find(key: string): Promise<Turn | null> {
    const known = findHere(key);
    if (known) return known;
    const others = looking.get(key);
    const found = others && (await others);
    // There may have been none yet when the others looked.
    if (found) return found;
    const mine = lookUp(key).finally(() => looking.get(key) === mine && looking.delete(key));
    looking.set(key, mine);
    return mine;
  }

  const claims = createClaims({
    ...options,
    abandoned,
    findHere,
    lookUp,
    begin(turn, attempt, asking, isKnown) {
      attempts.set(turn, attempt.attemptId);
      return writers.begin(turn, attempt, asking, isKnown);
    },
  });

  function forgetHere(conversation: string): void {
    for (const turn of store.of(conversation)) {
      writers.of(turn)?.stop();
      turn.stop();
      store.drop(turn);
    }
  }

  const undo = [
    store.watchDrops((turn) => writers.letGo(turn)),
    turnLog.hearAll((kind, [conversation]) => {
      if (kind === "forget" && conversation !== undefined) forgetHere(conversation);
    }),
    turnLog.hearInstance((kind, [id]) => {
      if (kind === "stop" && id !== undefined) writers.stop(id);
    }),
  ];
  const arrived = (isAnew: boolean) => void writers.catchUp(isAnew);
  const leave = keepPresent({ redis, turnLog, schedule, pace, arrived });

  async function drain(milliseconds: number, problem: Problem): Promise<void> {
    local.close();
    await claims.decided();
    await store.untilIdle(milliseconds);
    await writers.handOver(problem);
    await abandoned.settle();
    for (const turn of store.running()) turn.fail(problem);
    for (const step of undo) step();
    await leave();
  }

  return {
    find,
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
    drain,
  };
}
