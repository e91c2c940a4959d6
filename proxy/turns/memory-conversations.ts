/** Conversation state between turns, in this process' memory; bounded, the newest are kept. */
import { LRUCache } from "lru-cache";
import type { Conversations } from "./types.ts";

type Memory = { newest?: number; forgotten?: true };

/** Default maximum of stored conversations. */
const defaultMax = 50_000;

export class LocalConversations implements Conversations {
  readonly #memories: LRUCache<string, Memory>;

  constructor(max = defaultMax) {
    this.#memories = new LRUCache({ max });
  }

  newest(conversation: string): number | undefined {
    return this.#memories.peek(conversation)?.newest;
  }

  noteMessage(conversation: string, message: number): void {
    const memory = this.#remember(conversation);
    memory.newest = Math.max(memory.newest ?? message, message);
  }

  isForgotten(conversation: string): boolean {
    return this.#memories.peek(conversation)?.forgotten === true;
  }

  forget(conversation: string): void {
    const memory = this.#remember(conversation);
    delete memory.newest;
    memory.forgotten = true;
  }

  recall(conversation: string): void {
    delete this.#remember(conversation).forgotten;
  }

  #remember(conversation: string): Memory {
    const memory = this.#memories.get(conversation) ?? {};
    this.#memories.set(conversation, memory);
    return memory;
  }
}
