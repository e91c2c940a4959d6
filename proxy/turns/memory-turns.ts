/** Turns in one process' memory: nothing is awaited, so that no two requests can interleave. */
import type { Problem } from "../protocol/problems.ts";
import type { Turn } from "./turn.ts";
import type { TurnStore } from "./turn-store.ts";
import { isAbandoned, isTheirs } from "./is-theirs.ts";
import type { TurnRequest, Claim, Conversations, Turns } from "./types.ts";

export class LocalTurns implements Turns {
  readonly #store: TurnStore;
  readonly #conversations: Conversations;
  #accepting = true;

  constructor(store: TurnStore, conversations: Conversations) {
    this.#store = store;
    this.#conversations = conversations;
  }

  find(key: string): Turn | null {
    return this.#store.find(key) ?? null;
  }

  claim({ key, prompt, conversation, digest }: TurnRequest): Claim {
    const known = this.#store.find(key);
    if (known && !isTheirs(known, digest) && !isAbandoned(known)) return { kind: "not-theirs" };
    if (known && known.prompt !== prompt) return { kind: "other-question" };
    // One that upstream never took may be sent again; any other is never sent twice, however it ended.
    if (known && !known.retryable) return { kind: "joined", turn: known };
    if (conversation !== null) {
      if (this.#conversations.isForgotten(conversation) === true) return { kind: "forgotten" };
      if (this.#store.talking(conversation)) return { kind: "busy" };
    }
    const turn = this.#accepting
      ? this.#store.hold({ prompt, digest: digest ?? "", keys: [key], conversation, own: true })
      : null;
    return turn ? { kind: "begun", turn, writer: turn } : { kind: "full" };
  }

  release(turn: Turn, problem: Problem): void {
    turn.fail(problem, true);
    // If kept, it would displace an answer that may still be read.
    this.#store.drop(turn);
  }

  alsoKnownAs(turn: Turn, key: string, conversation: string): void {
    this.#store.alsoKnownAs(turn, key, conversation);
  }

  stop(key: string): boolean {
    const turn = this.#store.find(key);
    turn?.stop();
    return turn !== undefined;
  }

  forget(conversation: string): void {
    for (const turn of this.#store.of(conversation)) {
      turn.stop();
      this.#store.drop(turn);
    }
  }

  get accepting(): boolean {
    return this.#accepting;
  }

  close(): void {
    this.#accepting = false;
  }

  async drain(milliseconds: number, problem: Problem): Promise<void> {
    this.close();
    await this.#store.untilIdle(milliseconds);
    for (const turn of this.#store.running()) turn.fail(problem);
  }
}
