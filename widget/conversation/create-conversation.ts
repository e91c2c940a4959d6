/** A conversation at work: asks, stops, retries, rates, starts over and restores, all told to the view as signals. */
import { batch } from "@preact/signals";
import { contain, report } from "./contain.ts";
import { lastIn } from "../builtins/last.ts";
import type { RunningConversation, ConversationCallbacks } from "./conversation.ts";
import type { Ratings } from "./ratings.ts";
import type { VisitorProblem } from "./types.ts";
import { loadTurnModule, createState } from "./state.ts";
import type { ChatEnvironment } from "./environment.ts";
import { outOfReach, isUnsure } from "./retry.ts";

export function createConversation(
  world: ChatEnvironment,
  told: ConversationCallbacks = {},
): RunningConversation {
  const inside = createState(world, told);
  const { settled, growing, restoring, problem, left } = inside;

  let ratings: Promise<Ratings> | null = null;

  /** What a visitor wanted and could not have costs nothing that was there, and is told. */
  function attempt(work: () => void): VisitorProblem | null {
    try {
      work();
      return null;
    } catch (error) {
      report(error);
      return contain(() => (problem.value = outOfReach(world))) ?? null;
    }
  }

  function stop(): void {
    const turn = inside.live;
    if (!turn) return;
    const { home } = inside;
    turn.wanted = turn.elsewhere = false;
    inside.before = loadTurnModule()
      .then(({ stopUpstream }) => stopUpstream(world, left.signal, home, turn))
      .catch(() => turn.controller.abort());
    inside.finish(turn, { end: "stopped" });
  }

  function retry(id: string): void {
    const last = lastIn(settled.value);
    const { ended } = inside;
    if (inside.live || !last || last.id !== id || last.end === "answered") return;
    // The same turn when the proxy may have it; only a turn that is surely over is asked anew.
    const again =
      ended?.name === id && isUnsure(last.problem) ? ended : inside.newTurn(last.question, last.page);
    const before = settled.value;
    try {
      batch(() => {
        settled.value = before.slice(0, -1);
        inside.begin({ ...again, at: world.now(), instead: id });
      });
    } finally {
      if (!inside.live) settled.value = before;
    }
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
    if (!known) problem.value = null;
    if (!known || restoring.value) return;
    // The second time, what was asked meanwhile goes on in its home.
    const home = inside.home.place ? inside.home : (inside.home = { place: known.place });
    let failed: VisitorProblem | null;
    try {
      batch(() => {
        restoring.value = true;
        problem.value = null;
      });
      failed = await (await loadTurnModule()).bringBack(inside, home, world, known);
    } catch (error) {
      report(error);
      failed = outOfReach(world);
    }
    if (inside.home !== home || left.signal.aborted) return;
    batch(() => {
      if (failed) problem.value = world.memory.recall() ? { ...failed, again: () => void restore() } : failed;
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
    ask(question) {
      const failed = attempt(() => inside.ask(question));
      return inside.live || inside.early ? null : failed;
    },
    stop: () => void attempt(stop),
    retry: (id) => void attempt(() => retry(id)),
    rate(id, reaction) {
      ratings ??= loadTurnModule().then(({ createRatings }) => createRatings(inside, world));
      ratings
        .then(({ rate }) => rate(id, reaction))
        .catch(() => {
          ratings = null;
          problem.value = outOfReach(world);
        });
    },
    startOver: () => void attempt(startOver),
    dismissProblem: () => void (problem.value = null),
    restore: () =>
      restore().catch((error: unknown) => {
        report(error);
        problem.value = { ...outOfReach(world), again: () => void restore() };
      }),
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
