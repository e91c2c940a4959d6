/** A conversation at work: asks, stops, retries, rates, starts over and restores, all told to the view as signals. */
import { batch } from "@preact/signals";
import type { RunningConversation, Told } from "./conversation.ts";
import { outOfReach } from "./out-of-reach.ts";
import type { Ratings } from "./ratings.ts";
import { begun, createWorkings } from "./workings.ts";
import type { World } from "./world.ts";

export function createConversation(world: World, told: Told = {}): RunningConversation {
  const inside = createWorkings(world, told);
  const { settled, growing, restoring, problem, left } = inside;

  let ratings: Promise<Ratings> | null = null;

  function stop(): void {
    const turn = inside.live;
    if (!turn) return;
    const { home } = inside;
    turn.wanted = turn.elsewhere = false;
    inside.before = begun()
      .then(({ stopUpstream }) => stopUpstream(world, left.signal, home, turn))
      .catch(() => turn.controller.abort());
    inside.finish(turn, { end: "stopped" });
  }

  function retry(id: string): void {
    const last = settled.value.at(-1);
    const { ended } = inside;
    if (inside.live || !last || last.id !== id || last.end === "answered") return;
    batch(() => {
      settled.value = settled.value.slice(0, -1);
      // The same turn when the proxy may have it; only a turn that is surely over is asked anew.
      const again =
        ended?.id === id && ended.stopped === undefined ? ended : inside.newTurn(last.question, last.page);
      inside.begin({ ...again, at: world.now(), instead: id });
    });
  }

  function startOver(): void {
    const { live, home } = inside;
    world.memory.putAside(settled.value[0]?.question);
    inside.clear();
    if (!live) return;
    // The proxy reads on to the answer's end; only its conversation's name is still awaited, if there is none yet.
    live.wanted = false;
    if (home.place) live.controller.abort();
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
    const failed = await begun().then(
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
    inside,
    settled,
    growing,
    restoring,
    problem,
    ask: (question) => inside.ask(question),
    stop,
    retry,
    rate(id, reaction) {
      ratings ??= begun().then(({ createRatings }) => createRatings(inside, world));
      void ratings.then(
        ({ rate }) => rate(id, reaction),
        () => {
          ratings = null;
          problem.value = outOfReach(world);
        },
      );
    },
    startOver,
    dismissProblem: () => void (problem.value = null),
    restore,
    quiet() {
      stop();
      return inside.before;
    },
    drop() {
      inside.live?.controller.abort();
      inside.clear();
    },
    leave() {
      left.abort();
      inside.live?.controller.abort();
    },
  };
}
