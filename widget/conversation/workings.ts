/** What a conversation is made of inside: what it shows, what it knows besides, and how a turn begins, runs and ends. */
import { batch, signal, type Signal } from "@preact/signals";
import type { ProblemOutside, Told } from "./conversation.ts";
import { followTurn, type Ending, type Home } from "./follow-turn.ts";
import { isUnsure } from "./patience.ts";
import { createLiveTurn, settle, type LiveTurn } from "./turns.ts";
import type { GrowingTurn, Phase, SettledTurn } from "./turn.ts";
import type { Pending, World } from "./world.ts";

/** Characters of a stopped answer that are remembered: browsers keep some five million for a whole site. */
const longestKept = 50_000;

export type Workings = {
  readonly settled: Signal<readonly SettledTurn[]>;
  readonly growing: Signal<GrowingTurn | null>;
  readonly restoring: Signal<boolean>;
  readonly problem: Signal<ProblemOutside | null>;
  /** Aborted when the chat is taken off the page. */
  readonly left: AbortController;
  home: Home;
  live: LiveTurn | null;
  /** What must be over before the next question is sent: a stop that is on its way. */
  before: Promise<void>;
  /** The last turn when it ended in a way that only we can remember: stopped, or unknown whether the proxy has an answer. */
  ended: Pending | null;
  /** Asked while an earlier conversation was being fetched. */
  early: string | null;
  ask(question: string): void;
  /** Asks what was asked too early. */
  askEarly(): void;
  newTurn(question: string): Pending;
  begin(pending: Pending): void;
  finish(turn: LiveTurn, ending: Ending): void;
  /** Shows an empty conversation. */
  clear(): void;
};

export function createWorkings(world: World, told: Told): Workings {
  const inside: Workings = {
    settled: signal<readonly SettledTurn[]>([]),
    growing: signal<GrowingTurn | null>(null),
    restoring: signal(false),
    problem: signal<ProblemOutside | null>(null),
    left: new AbortController(),
    home: { place: null },
    live: null,
    before: Promise.resolve(),
    ended: null,
    early: null,

    ask(question) {
      const trimmed = question.trim();
      if (!trimmed || inside.live) return;
      if (inside.restoring.value) return void (inside.early = trimmed);
      const turn = inside.newTurn(trimmed);
      inside.begin(turn);
      told.asked?.(turn);
    },
    askEarly() {
      const question = inside.early;
      inside.early = null;
      if (question) inside.ask(question);
    },
    newTurn(question) {
      const after = inside.settled.value.findLast((turn) => turn.message !== null)?.message ?? null;
      return { id: world.newId(), question, at: world.now(), taken: false, after };
    },
    /** Remembers the turn first: should the page go away now, the next one finds the answer. */
    begin(pending) {
      const turn = createLiveTurn(pending);
      inside.live = turn;
      inside.ended = null;
      remember();
      inside.growing.value = turn.seen;
      turn.over = run(turn, inside.home);
    },
    finish(turn, ending) {
      const done = settle(turn, ending);
      inside.live = null;
      batch(() => {
        inside.settled.value = [...inside.settled.value, done];
        inside.growing.value = null;
      });
      if (isUnsure(done.problem)) inside.ended = turn.pending;
      if (done.end === "stopped")
        inside.ended = { ...turn.pending, stopped: done.answer.slice(0, longestKept) };
      remember();
      told.settled?.(done);
      inside.askEarly();
    },
    clear() {
      inside.home = { place: null };
      inside.live = null;
      inside.early = null;
      inside.before = Promise.resolve();
      batch(() => {
        inside.settled.value = [];
        inside.growing.value = null;
        inside.problem.value = null;
        inside.restoring.value = false;
      });
    },
  };

  const remember = () =>
    world.memory.remember({ place: inside.home.place, pending: inside.live?.pending ?? inside.ended });

  async function run(turn: LiveTurn, itsHome: Home): Promise<void> {
    await inside.before;
    if (!turn.wanted) return;
    const isSeen = () => inside.live === turn;
    /** The turn is known upstream now: enough for a stop that waited for this. */
    function known(): void {
      turn.pending = { ...turn.pending, taken: true };
      if (itsHome === inside.home) remember();
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
    if (ending && isSeen()) inside.finish(turn, ending);
  }

  return inside;
}
