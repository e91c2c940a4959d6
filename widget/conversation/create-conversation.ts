/** A conversation at work: asks, stops, retries, rates, starts over and restores, all told to the view as signals. */
import { batch, signal } from "@preact/signals";
import type { ProblemOutside, RunningConversation, Told } from "./conversation.ts";
import { followTurn, type Ending, type Home } from "./follow-turn.ts";
import { isUnsure } from "./patience.ts";
import { createRatings } from "./ratings.ts";
import { joined, restored } from "./earlier-turns.ts";
import { forgetUpstream, stopUpstream } from "./stopping.ts";
import { createLiveTurn, settle, type LiveTurn } from "./turns.ts";
import type { GrowingTurn, Phase, SettledTurn } from "./turn.ts";
import type { Pending, World } from "./world.ts";

/** Characters of a stopped answer that are remembered: browsers keep some five million for a whole site. */
const longestKept = 50_000;

export function createConversation(world: World, told: Told = {}): RunningConversation {
  const { transport, memory } = world;
  const settled = signal<readonly SettledTurn[]>([]);
  const growing = signal<GrowingTurn | null>(null);
  const restoring = signal(false);
  const problem = signal<ProblemOutside | null>(null);
  const left = new AbortController();
  let home: Home = { place: null };
  let live: LiveTurn | null = null;
  /** What must be over before the next question is sent: a stop that is on its way. */
  let before: Promise<void> = Promise.resolve();
  /** The last turn when it ended in a way that only we can remember: stopped, or unknown whether the proxy has an answer. */
  let ended: Pending | null = null;
  /** Asked while an earlier conversation was being fetched. */
  let early: string | null = null;

  const ratings = createRatings(
    (place, message, reaction) => transport.react(place, message, reaction),
    (turn, change) => {
      settled.value = settled.value.map((each) =>
        each.id === turn ? Object.freeze({ ...each, reaction: change(each.reaction) }) : each,
      );
    },
    (why) => (problem.value = why),
  );

  const remember = () => memory.remember({ place: home.place, pending: live?.pending ?? ended });

  function ask(question: string): void {
    const trimmed = question.trim();
    if (!trimmed || live) return;
    if (restoring.value) return void (early = trimmed);
    const turn = newTurn(trimmed);
    begin(turn);
    told.asked?.(turn);
  }

  function askEarly(): void {
    const question = early;
    early = null;
    if (question) ask(question);
  }

  function newTurn(question: string): Pending {
    const after = settled.value.findLast((turn) => turn.message !== null)?.message ?? null;
    return { id: world.newId(), question, at: world.now(), taken: false, after };
  }

  /** Remembers the turn first: should the page go away now, the next one finds the answer. */
  function begin(pending: Pending): void {
    const turn = createLiveTurn(pending);
    live = turn;
    ended = null;
    remember();
    growing.value = turn.seen;
    turn.over = run(turn, home);
  }

  async function run(turn: LiveTurn, itsHome: Home): Promise<void> {
    await before;
    if (!turn.wanted) return;
    const isSeen = () => live === turn;
    /** The turn is known upstream now: enough for a stop that waited for this. */
    function known(): void {
      turn.pending = { ...turn.pending, taken: true };
      if (itsHome === home) remember();
      if (!turn.wanted && itsHome.place) turn.controller.abort();
    }
    const hearer = {
      taken: known,
      placed: known,
      delta: (text: string) => isSeen() && turn.hear(text),
      citations: (citations: LiveTurn["citations"]) => (turn.citations = citations),
      phase: (phase: Phase) => turn.setPhase(phase),
      wanted: () => turn.wanted,
    };
    const ending = await followTurn(turn.pending, itsHome, world, hearer, turn.controller.signal);
    if (ending && isSeen()) finish(turn, ending);
  }

  function finish(turn: LiveTurn, ending: Ending): void {
    const done = settle(turn, ending);
    live = null;
    batch(() => {
      settled.value = [...settled.value, done];
      growing.value = null;
    });
    if (isUnsure(done.problem)) ended = turn.pending;
    if (done.end === "stopped") ended = { ...turn.pending, stopped: done.answer.slice(0, longestKept) };
    remember();
    told.settled?.(done);
    askEarly();
  }

  function stop(): void {
    const turn = live;
    if (!turn) return;
    before = stopUpstream(world, left.signal, home, turn);
    finish(turn, { end: "stopped" });
  }

  function retry(id: string): void {
    const last = settled.value.at(-1);
    if (live || !last || last.id !== id || last.end === "answered") return;
    batch(() => {
      settled.value = settled.value.slice(0, -1);
      // The same turn when the proxy may have it; only a turn that is surely over is asked anew.
      begin(ended?.id === id && ended.stopped === undefined ? ended : newTurn(last.question));
    });
  }

  function drop(): void {
    home = { place: null };
    live = null;
    early = null;
    before = Promise.resolve();
    memory.forget();
    batch(() => {
      settled.value = [];
      growing.value = null;
      problem.value = null;
      restoring.value = false;
    });
  }

  function startOver(): void {
    const [turn, itsHome, stopping] = [live, home, before];
    drop();
    void stopping
      .then(() => forgetUpstream(world, left.signal, itsHome, turn))
      .then((failed) => (problem.value = failed ?? problem.value));
  }

  async function restore(): Promise<void> {
    const known = memory.recall();
    if (!known || restoring.value) return;
    // The second time, what was asked meanwhile goes on in its home.
    const itsHome = home.place ? home : (home = { place: known.place });
    batch(() => {
      restoring.value = true;
      problem.value = null;
    });
    const found = await restored(world, left.signal, known);
    if (home !== itsHome || left.signal.aborted) return;
    if (!found) {
      home.place = null;
      memory.forget();
    }
    batch(() => {
      restoring.value = false;
      if (found?.problem) problem.value = { ...found.problem, again: () => void restore() };
      const pending = live ? null : found?.pending;
      const here = settled.value.filter((turn) => turn.id !== pending?.id || turn.end === "answered");
      settled.value = joined(found?.settled ?? [], here);
      if (pending && !here.some((turn) => turn.id === pending.id)) begin(pending);
      else askEarly();
    });
  }

  return {
    settled,
    growing,
    restoring,
    problem,
    ask,
    stop,
    retry,
    rate(id, reaction) {
      const turn = settled.value.find((each) => each.id === id);
      if (turn && home.place) ratings.rate(home.place, turn, reaction);
    },
    startOver,
    dismissProblem: () => void (problem.value = null),
    restore,
    drop() {
      live?.controller.abort();
      drop();
    },
    leave() {
      left.abort();
      live?.controller.abort();
    },
  };
}
