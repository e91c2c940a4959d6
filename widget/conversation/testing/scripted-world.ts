/** A world whose clock, chance, network state and memory a test decides. */
import type { Remembered, Transport, World } from "../world.ts";

export function scriptedWorld(transport: Transport, kept: { value: Remembered | null } = { value: null }) {
  const state = { now: 1_000_000, online: true, kept, pauses: Array<number>(), whilePausing() {} };
  let turns = 0;
  const world: World = {
    transport,
    memory: {
      recall: () => kept.value,
      remember: (what) => (kept.value = what),
      forget: () => (kept.value = null),
    },
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

/** Lets everything that is ready happen. */
export const settleDown = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
