/** Turns held by this process, its own and those of other instances; bounded in number and time. */
import type { Schedule } from "../schedule.ts";
import { Turn } from "./turn.ts";

type StoreOptions = {
  /** Maximum of turns held at a time, running and ended together. */
  max: number;
  /** Maximum of bytes that ended turns take together; default: no limit. */
  maxBytes?: number;
  /** Milliseconds that an ended turn is stored. */
  keep: number;
  schedule: Schedule;
};

type Entry = {
  keys: string[];
  /** Null while there is none yet. */
  conversation: string | null;
  /** Whether the answer is written here, so that shutting down has to wait for it. */
  own: boolean;
};

type Held = {
  prompt: string;
  digest?: string;
  keys: readonly string[];
  conversation: string | null;
  own: boolean;
};

export class TurnStore {
  readonly #turns = new Map<string, Turn>();
  /** Running turns and ended ones apart, oldest first. */
  readonly #running = new Map<Turn, Entry>();
  readonly #ended = new Map<Turn, Entry>();
  /** The turn that runs in each conversation. */
  readonly #talking = new Map<string, Turn>();
  /** Takes back the later dropping of an ended turn. */
  readonly #cancels = new Map<Turn, () => void>();
  readonly #droppings = new Set<(turn: Turn) => void>();
  readonly #max: number;
  readonly #maxBytes: number;
  readonly #keep: number;
  readonly #schedule: Schedule;
  /** Bytes that the ended turns take. */
  #endedBytes = 0;
  #whenIdle: (() => void) | null = null;

  constructor({ max, maxBytes = Infinity, keep, schedule }: StoreOptions) {
    this.#max = max;
    this.#maxBytes = maxBytes;
    this.#keep = keep;
    this.#schedule = schedule;
  }

  find(key: string): Turn | undefined {
    return this.#turns.get(key);
  }

  get isFull(): boolean {
    return this.#running.size >= this.#max;
  }

  /** A new turn under these keys, in place of those that had them; null when the store is full of running turns. */
  hold({ prompt, digest = "", keys, conversation, own }: Held): Turn | null {
    for (const key of keys) {
      const replaced = this.#turns.get(key);
      if (replaced) this.drop(replaced);
    }
    if (this.isFull) return null;
    const [oldest] = this.#ended.keys();
    if (oldest && this.#running.size + this.#ended.size >= this.#max) this.drop(oldest);
    const turn = new Turn({
      prompt,
      digest,
      onEnd: (ended) => this.#settle(ended),
      onGrow: (ended, bytes) => this.#grow(ended, bytes),
    });
    this.#running.set(turn, { keys: [...keys], conversation, own });
    for (const key of keys) this.#turns.set(key, turn);
    if (conversation !== null) this.#talking.set(conversation, turn);
    return turn;
  }

  /** The conversation's turn that is still being answered, as far as this process knows. */
  talking(conversation: string): Turn | undefined {
    return this.#talking.get(conversation);
  }

  /** Makes the turn known by one more key, in this conversation. */
  alsoKnownAs(turn: Turn, key: string, conversation: string): void {
    const entry = this.#running.get(turn);
    if (!entry) return;
    entry.keys.push(key);
    entry.conversation = conversation;
    this.#turns.set(key, turn);
    this.#talking.set(conversation, turn);
  }

  /** From now on the answer is written here, or from now on it is not. */
  own(turn: Turn, own: boolean): void {
    const entry = this.#running.get(turn);
    if (entry) entry.own = own;
    if (!own) this.#noteIdle();
  }

  /** Every turn of a conversation. */
  of(conversation: string): Turn[] {
    return [...this.#running, ...this.#ended].flatMap(([turn, entry]) =>
      entry.conversation === conversation ? [turn] : [],
    );
  }

  /** The turns written here that have not ended. */
  running(): Turn[] {
    return [...this.#running].flatMap(([turn, { own }]) => (own ? [turn] : []));
  }

  /** Resolves when no turn is written here any more, or after `milliseconds`. */
  async untilIdle(milliseconds: number): Promise<void> {
    if (this.running().length === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#schedule(milliseconds, resolve);
      this.#whenIdle = () => {
        cancel();
        resolve();
      };
    });
    this.#whenIdle = null;
  }

  drop(turn: Turn): void {
    const entry = this.#running.get(turn) ?? this.#ended.get(turn);
    if (!entry) return;
    for (const key of entry.keys) if (this.#turns.get(key) === turn) this.#turns.delete(key);
    this.#silence(turn, entry);
    this.#running.delete(turn);
    if (this.#ended.delete(turn)) this.#endedBytes -= turn.size;
    // Otherwise the timer would hold on to the turn and its text.
    this.#cancels.get(turn)?.();
    this.#cancels.delete(turn);
    for (const dropped of this.#droppings) dropped(turn);
    this.#noteIdle();
  }

  /** Calls back with each turn that was let go of, until the returned function is called. */
  watchDrops(dropped: (turn: Turn) => void): () => void {
    this.#droppings.add(dropped);
    return () => this.#droppings.delete(dropped);
  }

  #settle(turn: Turn): void {
    const entry = this.#running.get(turn);
    if (!entry) return;
    this.#silence(turn, entry);
    this.#running.delete(turn);
    this.#ended.set(turn, entry);
    this.#cancels.set(
      turn,
      this.#schedule(this.#keep, () => this.drop(turn)),
    );
    this.#grow(turn, turn.size);
    this.#noteIdle();
  }

  /** An ended turn has grown by `bytes`. Connections that read a dropped turn still receive all of it. */
  #grow(turn: Turn, bytes: number): void {
    if (!this.#ended.has(turn)) return;
    this.#endedBytes += bytes;
    for (const oldest of this.#ended.keys()) {
      if (this.#endedBytes <= this.#maxBytes) break;
      this.drop(oldest);
    }
  }

  #silence(turn: Turn, { conversation }: Entry): void {
    if (conversation !== null && this.#talking.get(conversation) === turn) this.#talking.delete(conversation);
  }

  #noteIdle(): void {
    if (this.#whenIdle && this.running().length === 0) this.#whenIdle();
  }
}
