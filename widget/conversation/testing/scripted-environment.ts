/** Environment whose clock, randomness, network state and store a test controls. */
import type { Page } from "../../../proxy/protocol/bodies.ts";
import type { StoredConversation, Transport, ChatEnvironment } from "../environment.ts";

export function scriptedWorld(
  transport: Transport,
  kept: { value: StoredConversation | null } = { value: null },
) {
  const about: { page: Page | null } = { page: null };
  const sleepers = new Set<(woken: boolean) => void>();
  const state = {
    now: 1_000_000,
    online: true,
    kept,
    /** Archived conversations, by the question under which they were archived. */
    aside: new Map<string, StoredConversation>(),
    pauses: Array<number>(),
    whilePausing() {},
    about,
    /** Turns the network on, and resolves pauses that wait for it. */
    backOnline() {
      state.online = true;
      for (const wake of sleepers) wake(true);
    },
  };
  let turns = 0;
  const world: ChatEnvironment = {
    transport,
    store: {
      load: () => kept.value,
      save: (what) => (kept.value = what),
      forget: () => (kept.value = null),
      archive(question = "") {
        if (kept.value) state.aside.set(question, kept.value);
        kept.value = null;
      },
      adoptArchived(turn, ref) {
        for (const [question, { pending }] of state.aside)
          if (pending?.id === turn) state.aside.set(question, { ref, pending });
      },
    },
    ready: () => Promise.resolve(),
    newNames() {
      const id = `t${++turns}`;
      return { id, name: id, secret: `secret of ${id}` };
    },
    now: () => state.now,
    random: () => 0.5,
    /** Resolves at once; without a network, when it is back or on abort. */
    pause(milliseconds, signal) {
      state.pauses.push(milliseconds);
      state.whilePausing();
      if (state.online || signal.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        sleepers.add(resolve);
        signal.addEventListener("abort", () => resolve(false));
      });
    },
    online: () => state.online,
    language: () => "en",
    page: () => about.page,
  };
  return { world, state };
}

/** Lets all pending promises settle, lazy files included. */
export async function settleDown(): Promise<void> {
  await Promise.all([import("../turn.lazy.ts"), import("../restore.lazy.ts"), import("../ratings.lazy.ts")]);
  for (let turns = 0; turns < 3; turns++) await new Promise<void>((resolve) => setTimeout(resolve, 0));
}
