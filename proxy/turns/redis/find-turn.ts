/** Finder of turns: held by this process, or read from Redis and followed from then on. */
import type { Schedule } from "../../schedule.ts";
import type { LocalTurns } from "../memory-turns.ts";
import type { Turn } from "../turn.ts";
import type { TurnStore } from "../turn-store.ts";
import { followRemoteTurn } from "./remote-turn.ts";
import type { Seal } from "./stored-event.ts";
import type { TurnLog, TurnSnapshot } from "./turn-log.ts";

type FinderOptions = {
  turnLog: TurnLog;
  local: LocalTurns;
  store: TurnStore;
  seal: Seal;
  schedule: Schedule;
  report: (error: unknown) => void;
  /** Milliseconds between two polls of a turn that another instance writes. */
  pause: number;
  /** Whether this instance still writes the turn to Redis. */
  isWritten: (turn: Turn) => boolean;
  /** No instance writes the turn any more, and this one has taken it. */
  recover: (turn: Turn, keys: readonly string[], seen: TurnSnapshot) => void;
};

/** How often in a row a writer must be found missing: one whose lease ran out while Redis was away gets time to renew it. */
const maxMissing = 3;

export class TurnFinder {
  readonly #options: FinderOptions;
  readonly #attempts = new WeakMap<Turn, string>();
  readonly #pending = new Map<string, Promise<Turn | null>>();

  constructor(options: FinderOptions) {
    this.#options = options;
  }

  /** Notes which attempt at its question a turn held here is. */
  noteAttempt(turn: Turn, attemptId: string): void {
    this.#attempts.set(turn, attemptId);
  }

  /** The turn as this process holds it, if no other instance can have started it again since. */
  findHere(key: string): Turn | undefined {
    const turn = this.#options.store.find(key);
    return turn?.ending?.kind === "failed" && !this.#options.isWritten(turn) ? undefined : turn;
  }

  /** Concurrent requests for a turn share one read from Redis. */
  async find(key: string): Promise<Turn | null> {
    const known = this.findHere(key);
    if (known) return known;
    const others = this.#pending.get(key);
    const found = others && (await others);
    // There may have been no turn yet when the others read.
    if (found) return found;
    const mine = this.lookUp(key).finally(() => this.#pending.get(key) === mine && this.#pending.delete(key));
    this.#pending.set(key, mine);
    return mine;
  }

  /** The turn as Redis knows it; only events that are not here are fetched. Null when there is no room for it here. */
  async lookUp(key: string): Promise<Turn | null> {
    const { store, turnLog } = this.#options;
    const known = store.find(key);
    const seen = await turnLog.read(key, known?.log.count ?? 0);
    if (!known || !seen) return seen && this.#follow(key, seen);
    if (store.find(key) === known && this.#attempts.get(known) === seen.attemptId) return known;
    const whole = await turnLog.read(key, 0);
    return whole && this.#follow(key, whole);
  }

  /** Follows a turn of another instance. */
  #follow(key: string, seen: TurnSnapshot): Turn | null {
    const { store, local, recover, ...options } = this.#options;
    const known = store.find(seen.id) ?? store.find(key);
    if (known && this.#attempts.get(known) === seen.attemptId) {
      if (store.find(key) !== known) store.alsoKnownAs(known, key, seen.conversation);
      return known;
    }
    const keys = [...new Set([seen.id, key])];
    const conversation = seen.conversation === "" ? null : seen.conversation;
    const turn = store.hold({ prompt: seen.prompt, digest: seen.digest, keys, conversation, own: false });
    if (!turn) return null;
    this.#attempts.set(turn, seen.attemptId);
    const mayRecover = () => local.accepting;
    const recovered = (now: TurnSnapshot) => recover(turn, keys, now);
    const unfollow = followRemoteTurn({ ...options, turn, maxMissing, mayRecover, recovered }, seen);
    turn.signal.addEventListener("abort", unfollow);
    return turn;
  }
}
