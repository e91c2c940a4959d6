/** A world whose clock, chance, network state and memory a test decides. */
import type { Remembered, Transport, World } from "../world.ts";

export function scriptedWorld(transport: Transport, kept: { value: Remembered | null } = { value: null }) {
  const state = {
    now: 1_000_000,
    online: true,
    kept,
    /** Conversations put aside, by the question they were put aside under. */
    aside: new Map<string, Remembered>(),
    pauses: Array<number>(),
    whilePausing() {},
  };
  let turns = 0;
  const world: World = {
    transport,
    memory: {
      recall: () => kept.value,
      remember: (what) => (kept.value = what),
      forget: () => (kept.value = null),
      putAside(question = "") {
        if (kept.value) state.aside.set(question, kept.value);
        kept.value = null;
      },
      placeAside(turn, place) {
        for (const [question, { pending }] of state.aside)
          if (pending?.id === turn) state.aside.set(question, { place, pending });
      },
    },
    ready: () => Promise.resolve(),
    newId: () => `t${++turns}`,
    now: () => state.now,
    random: () => 0.5,
    pause(milliseconds) {
      state.pauses.push(milliseconds);
      state.whilePausing();
      return Promise.resolve(false);
    },
    online: () => state.online,
    language: () => "en",
  };
  return { world, state };
}

/** Lets everything that is ready happen, the file that comes with the first question included. */
export async function settleDown(): Promise<void> {
  await import("../begun.ts");
  for (let turns = 0; turns < 3; turns++) await new Promise<void>((resolve) => setTimeout(resolve, 0));
}
