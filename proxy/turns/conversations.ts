/** What is remembered of a conversation between its turns: little, and of the latest conversations only. */
import type { Turn } from "./turn.ts";

type Memory = {
  /** The newest upstream message id known; undefined when none is. */
  newest?: number;
  running?: Turn;
  forgotten?: true;
};

/** How many conversations are remembered unless told otherwise. */
const usualMost = 50_000;

export class Conversations {
  readonly #memories = new Map<string, Memory>();
  readonly #most: number;

  constructor(most = usualMost) {
    this.#most = most;
  }

  newest(conversation: string): number | undefined {
    return this.#memories.get(conversation)?.newest;
  }

  /** Notes an upstream message id; an older one than the known changes nothing. */
  noteMessage(conversation: string, message: number): void {
    const memory = this.#remember(conversation);
    memory.newest = Math.max(memory.newest ?? message, message);
  }

  /** The conversation's turn that is still being answered. */
  running(conversation: string): Turn | undefined {
    const running = this.#memories.get(conversation)?.running;
    return running?.ending ? undefined : running;
  }

  noteRunning(conversation: string, turn: Turn): void {
    this.#remember(conversation).running = turn;
  }

  /** Lets go of a turn that is over, and with it of its text. */
  noteEnded(conversation: string, turn: Turn): void {
    const memory = this.#memories.get(conversation);
    if (memory?.running === turn) delete memory.running;
  }

  /** Whether the visitor had it deleted: upstream would bring a deleted conversation back to life on the next send. */
  isForgotten(conversation: string): boolean {
    return this.#memories.get(conversation)?.forgotten === true;
  }

  forget(conversation: string): void {
    const memory = this.#remember(conversation);
    delete memory.newest;
    memory.forgotten = true;
  }

  /** Takes `forget` back, when upstream did not delete it after all. */
  recall(conversation: string): void {
    delete this.#remember(conversation).forgotten;
  }

  #remember(conversation: string): Memory {
    const memory = this.#memories.get(conversation) ?? {};
    this.#memories.delete(conversation);
    this.#memories.set(conversation, memory);
    if (this.#memories.size > this.#most) {
      const [oldest] = this.#memories.keys();
      if (oldest !== undefined) this.#memories.delete(oldest);
    }
    return memory;
  }
}
