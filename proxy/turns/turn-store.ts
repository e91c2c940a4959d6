/** Every turn that runs or ended lately, by the keys under which browsers may ask for it; bounded in number and time. */
import type { Problem } from "../protocol/problems.ts";
import type { Schedule } from "./schedule.ts";
import { Turn } from "./turn.ts";

type StoreOptions = {
  /** The most turns held at a time, running and ended together. */
  most: number;
  /** Milliseconds an ended turn is kept. */
  keep: number;
  schedule: Schedule;
};

export class TurnStore {
  readonly #turns = new Map<string, Turn>();
  /** Each turn's keys; running turns and ended ones apart, oldest first. */
  readonly #running = new Map<Turn, string[]>();
  readonly #ended = new Map<Turn, string[]>();
  /** Takes back the later dropping of an ended turn. */
  readonly #cancels = new Map<Turn, () => void>();
  readonly #most: number;
  readonly #keep: number;
  readonly #schedule: Schedule;
  #closed = false;
  #whenEmpty: (() => void) | null = null;

  constructor({ most, keep, schedule }: StoreOptions) {
    this.#most = most;
    this.#keep = keep;
    this.#schedule = schedule;
  }

  find(key: string): Turn | undefined {
    return this.#turns.get(key);
  }

  /**
   * A new turn under this key, in place of an ended one that had it. Null when the store is full of running turns or
   * the proxy is shutting down. Nothing is awaited here, so two requests can never both begin the same turn.
   */
  begin(key: string, prompt: string): Turn | null {
    if (this.#closed || this.#running.size >= this.#most) return null;
    const replaced = this.#turns.get(key);
    if (replaced) this.#drop(replaced);
    const [oldest] = this.#ended.keys();
    if (oldest && this.#running.size + this.#ended.size >= this.#most) this.#drop(oldest);
    const turn = new Turn({ prompt, onEnd: (ended) => this.#settle(ended) });
    this.#running.set(turn, [key]);
    this.#turns.set(key, turn);
    return turn;
  }

  /** Makes the turn known by one more key. */
  alsoKnownAs(key: string, turn: Turn): void {
    const keys = this.#running.get(turn) ?? this.#ended.get(turn);
    if (!keys) return;
    keys.push(key);
    this.#turns.set(key, turn);
  }

  /** Stops and drops every turn with a key that begins like this. */
  forget(keyStart: string): void {
    for (const turns of [this.#running, this.#ended]) {
      for (const [turn, keys] of turns) {
        if (!keys.some((key) => key.startsWith(keyStart))) continue;
        turn.stop();
        this.#drop(turn);
      }
    }
  }

  get accepting(): boolean {
    return !this.#closed;
  }

  /** Begins no more turns, waits for the running ones up to so many milliseconds, then ends the rest with the problem. */
  async drain(milliseconds: number, problem: Problem): Promise<void> {
    this.#closed = true;
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#schedule(milliseconds, resolve);
      this.#whenEmpty = () => {
        cancel();
        resolve();
      };
    });
    for (const turn of this.#running.keys()) turn.fail(problem);
  }

  #settle(turn: Turn): void {
    const keys = this.#running.get(turn);
    if (!keys) return;
    this.#running.delete(turn);
    this.#ended.set(turn, keys);
    this.#cancels.set(
      turn,
      this.#schedule(this.#keep, () => this.#drop(turn)),
    );
    if (this.#running.size === 0) this.#whenEmpty?.();
  }

  #drop(turn: Turn): void {
    const keys = this.#running.get(turn) ?? this.#ended.get(turn) ?? [];
    for (const key of keys) if (this.#turns.get(key) === turn) this.#turns.delete(key);
    this.#running.delete(turn);
    this.#ended.delete(turn);
    // Otherwise the timer would hold on to the turn and its text.
    this.#cancels.get(turn)?.();
    this.#cancels.delete(turn);
  }
}
