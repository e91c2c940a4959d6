/** What a conversation is made of inside: what it shows, what it knows besides, and how a turn begins, runs and ends. */
import { batch, signal } from "@preact/signals";
import { contain, report } from "./contain.ts";
import { lastIn } from "../builtins/last.ts";
import type { ConversationCallbacks } from "./conversation.ts";
import { createLiveTurn, settle } from "./live-turn.ts";
import type {
  StreamingTurn,
  Phase,
  FinishedTurn,
  PendingTurn,
  ConversationSlot,
  TurnOutcome,
  LiveTurn,
  ConversationProblem,
  ConversationState,
} from "./types.ts";
import type { ChatEnvironment } from "./environment.ts";
import { whileOffline, unreachable } from "./retry.ts";

/** Characters of a stopped answer that are remembered: browsers keep some five million for a whole site. */
const longestKept = 50_000;

export const loadTurnModule = () => import("./turn.lazy.ts");

export function createState(
  environment: ChatEnvironment,
  callbacks: ConversationCallbacks,
): ConversationState {
  const inside: ConversationState = {
    finished: signal<readonly FinishedTurn[]>([]),
    streaming: signal<StreamingTurn | null>(null),
    restoring: signal(false),
    problem: signal<ConversationProblem | null>(null),
    left: new AbortController(),
    slot: { place: null },
    live: null,
    before: Promise.resolve(),
    ended: null,
    early: null,

    ask(question) {
      const trimmed = question.trim();
      if (!trimmed || inside.live) return;
      if (inside.restoring.value) return void (inside.early = trimmed);
      const turn = inside.newTurn(trimmed);
      inside.start(turn);
      contain(() => callbacks.onQuestion?.(turn));
    },
    askEarly() {
      const question = inside.early;
      inside.early = null;
      if (question) inside.ask(question);
    },
    newTurn: (question, page = environment.page()) => ({
      ...environment.newNames(),
      question,
      at: environment.now(),
      taken: false,
      after: inside.last() ?? null,
      page,
      waits: !environment.online(),
    }),
    last: () => lastIn(inside.finished.value.filter((turn) => turn.message !== null))?.message ?? undefined,
    /** Remembers the turn first: should the page go away now, the next one finds the answer. */
    start(pending, isKnown = false) {
      const turn = createLiveTurn(pending);
      inside.live = turn;
      inside.ended = null;
      // From here on it is asked, whatever hangs on these.
      try {
        if (!isKnown) remember();
        inside.streaming.value = turn.view;
      } catch (error) {
        report(error);
        contain(() => (inside.streaming.value = turn.view));
      }
      turn.over = run(turn, inside.slot).catch((error: unknown) => {
        report(error);
        // Whether the proxy has heard of it is not known: it may only be asked again under the same name.
        if (inside.live === turn) inside.finish(turn, { end: "failed", problem: unreachable(environment) });
      });
    },
    finish(turn, ending) {
      const done = Object.freeze({ ...settle(turn, ending), isNews: true as const });
      inside.live = null;
      const show = () =>
        batch(() => {
          inside.finished.value = [...inside.finished.peek(), done];
          inside.streaming.value = null;
        });
      contain(show);
      // What failed was not what hangs on them, but this itself.
      if (inside.streaming.peek() === turn.view) contain(show);
      // Whoever reloads the page gives up none of these. Those with a new identity have theirs in the field.
      if (ending.end === "failed" && ending.problem.code !== "signed-out") inside.ended = turn.pending;
      if (done.end === "stopped")
        inside.ended = { ...turn.pending, stopped: done.answer.slice(0, longestKept) };
      if (!turn.remote) remember();
      contain(() => callbacks.onFinish?.(done, turn.remote));
      contain(() => inside.askEarly());
    },
    clear() {
      inside.slot = { place: null };
      inside.live = null;
      inside.ended = null;
      inside.early = null;
      inside.before = Promise.resolve();
      batch(() => {
        inside.finished.value = [];
        inside.streaming.value = null;
        inside.problem.value = null;
        inside.restoring.value = false;
      });
    },
  };

  function remember(): void {
    const last = inside.last();
    const pending = inside.live?.pending ?? inside.ended;
    const turn = lastIn(inside.finished.value)?.id;
    const { place } = inside.slot;
    contain(() => environment.store.save({ place, pending, ...(last && { last }), ...(turn && { turn }) }));
  }

  async function run(turn: LiveTurn, itsHome: ConversationSlot): Promise<void> {
    await inside.before;
    const [file] = await Promise.all([loadTurnModule().catch(() => null), environment.ready()]);
    if (!turn.wanted || turn.controller.signal.aborted) return;
    if (!file && !environment.online()) {
      turn.setPhase("offline");
      await environment.pause(whileOffline, turn.controller.signal);
      return run(turn, itsHome);
    }
    const isSeen = () => inside.live === turn;
    /** With `taken`, the turn is known upstream: enough for a stop that waited for this. */
    function note(change: Partial<PendingTurn>): void {
      turn.pending = { ...turn.pending, ...change };
      if (itsHome === inside.slot && !turn.remote) remember();
      if (itsHome !== inside.slot && itsHome.place)
        environment.store.adoptArchived(turn.pending.id, itsHome.place);
      if (!turn.wanted && itsHome.place) turn.controller.abort();
    }
    const known = () => note({ taken: true });
    const hearer = {
      leaves: (at: number) => note({ waits: false, at }),
      taken: known,
      placed: known,
      delta: (text: string) => isSeen() && turn.append(text),
      citations: (citations: LiveTurn["citations"]) => (turn.citations = citations),
      phase: (phase: Phase) => turn.setPhase(phase),
      wanted: () => turn.wanted,
      isTaken: () => turn.pending.taken,
    };
    const ending: TurnOutcome | null = file
      ? await file.followTurn(turn.pending, itsHome, environment, hearer, turn.controller.signal)
      : { end: "failed", problem: unreachable(environment) };
    if (ending && isSeen()) inside.finish(turn, ending);
  }

  return inside;
}
