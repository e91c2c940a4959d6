/** A conversation at work: asks, stops, retries, rates, starts over and restores, all told to the view as signals. */
import { batch } from "@preact/signals";
import type { RunningConversation, Told } from "./conversation.ts";
import { outOfReach } from "./patience.ts";
import { forgetUpstream, stopUpstream } from "./stopping.ts";
import { createRatings } from "./ratings.ts";
import { createWorkings } from "./workings.ts";
import type { World } from "./world.ts";

export function createConversation(world: World, told: Told = {}): RunningConversation {
  const inside = createWorkings(world, told);
  const { settled, growing, restoring, problem, left } = inside;

  const ratings = createRatings(
    (place, message, reaction) => world.transport.react(place, message, reaction),
    (turn, change) => {
      settled.value = settled.value.map((each) =>
        each.id === turn ? Object.freeze({ ...each, reaction: change(each.reaction) }) : each,
      );
    },
    (why) => (problem.value = why),
  );

  function stop(): void {
    const turn = inside.live;
    if (!turn) return;
    inside.before = stopUpstream(world, left.signal, inside.home, turn);
    inside.finish(turn, { end: "stopped" });
  }

  function retry(id: string): void {
    const last = settled.value.at(-1);
    const { ended } = inside;
    if (inside.live || !last || last.id !== id || last.end === "answered") return;
    batch(() => {
      settled.value = settled.value.slice(0, -1);
      // The same turn when the proxy may have it; only a turn that is surely over is asked anew.
      inside.begin(ended?.id === id && ended.stopped === undefined ? ended : inside.newTurn(last.question));
    });
  }

  function drop(): void {
    inside.clear();
    world.memory.forget();
  }

  function startOver(): void {
    const { live, home, before } = inside;
    drop();
    void before
      .then(() => forgetUpstream(world, left.signal, home, live))
      .then((failed) => (problem.value = failed ?? problem.value));
  }

  async function restore(): Promise<void> {
    const known = world.memory.recall();
    if (!known || restoring.value) return;
    // The second time, what was asked meanwhile goes on in its home.
    const home = inside.home.place ? inside.home : (inside.home = { place: known.place });
    batch(() => {
      restoring.value = true;
      problem.value = null;
    });
    // What brings back the turns is itself fetched only where there are some.
    const failed = await import("./restoring.ts").then(
      ({ bringBack }) => bringBack(inside, home, world, known),
      () => outOfReach(world),
    );
    if (inside.home !== home || left.signal.aborted) return;
    batch(() => {
      if (failed) problem.value = { ...failed, again: () => void restore() };
      if (!restoring.value) return;
      // Nothing has been brought back, and the visitor may go on.
      restoring.value = false;
      inside.askEarly();
    });
  }

  return {
    settled,
    growing,
    restoring,
    problem,
    ask: (question) => inside.ask(question),
    stop,
    retry,
    rate(id, reaction) {
      const turn = settled.value.find((each) => each.id === id);
      if (turn && inside.home.place) ratings.rate(inside.home.place, turn, reaction);
    },
    startOver,
    dismissProblem: () => void (problem.value = null),
    restore,
    drop() {
      inside.live?.controller.abort();
      drop();
    },
    leave() {
      left.abort();
      inside.live?.controller.abort();
    },
  };
}
