/** Conversation state machine: signals, the live turn, and how a turn starts, runs and ends. */
import { batch, signal } from "@preact/signals";
import { contain, report } from "./contain.ts";
import { lastIn } from "../builtins/last.ts";
import type { ConversationCallbacks } from "./conversation.ts";
import { createLiveTurn, finishTurn } from "./live-turn.ts";
import type {
  StreamingTurn,
  Phase,
  FinishedTurn,
  PendingTurn,
  ConversationRef,
  TurnOutcome,
  LiveTurn,
  OwnState,
  ConversationProblem,
} from "./types.ts";
import type { ChatEnvironment } from "./environment.ts";
import { offlinePollMs, unreachable } from "./unreachable.ts";

/** Characters of a stopped answer that are stored: browsers store some five million for a whole site. */
const maxStoredLength = 50_000;

export const loadTurnModule = () => import("./turn.lazy.ts");

export function createState(environment: ChatEnvironment, callbacks: ConversationCallbacks): OwnState {
  const closing = new AbortController();
  const state: OwnState = {
    finished: signal<readonly FinishedTurn[]>([]),
    streaming: signal<StreamingTurn | null>(null),
    restoring: signal(false),
    problem: signal<ConversationProblem | null>(null),
    closing,
    closed: closing.signal,
    slot: { place: null },
    live: null,
    before: Promise.resolve(),
    ended: null,
    early: null,

    ask(question) {
      const trimmed = question.trim();
      if (!trimmed || state.live) return;
      if (state.restoring.value) return void (state.early = trimmed);
      const turn = state.newTurn(trimmed);
      state.start(turn);
      contain(() => callbacks.onQuestion?.(turn));
    },
    askEarly() {
      const question = state.early;
      state.early = null;
      if (question) state.ask(question);
    },
    newTurn: (question, page = environment.page()) => ({
      ...environment.newNames(),
      question,
      at: environment.now(),
      taken: false,
      after: state.last() ?? null,
      page,
      waits: !environment.online(),
    }),
    last: () => lastIn(state.finished.value.filter((turn) => turn.message !== null))?.message ?? undefined,
    /** Stores the turn first: if the page is closed now, the next one finds the answer. */
    start(pending, isStored = false) {
      const turn = createLiveTurn(pending);
      state.live = turn;
      state.ended = null;
      // From here on the question is asked, even if an effect of these signals throws.
      try {
        if (!isStored) remember();
        state.streaming.value = turn.view;
      } catch (error) {
        report(error);
        contain(() => (state.streaming.value = turn.view));
      }
      turn.over = run(turn, state.slot).catch((error: unknown) => {
        report(error);
        // The proxy may have it: it may only be asked again under the same name.
        if (state.live === turn) state.finish(turn, { end: "failed", problem: unreachable(environment) });
      });
    },
    finish(turn, ending) {
      const done = Object.freeze({ ...finishTurn(turn, ending), isNews: true as const });
      state.live = null;
      const show = () =>
        batch(() => {
          state.finished.value = [...state.finished.peek(), done];
          state.streaming.value = null;
        });
      contain(show);
      // The assignment itself has failed, and not an effect of it.
      if (state.streaming.peek() === turn.view) contain(show);
      // A reload must lose none of these. After a changed identity the question is in the composer.
      if (ending.end === "failed" && ending.problem.code !== "signed-out") state.ended = turn.pending;
      if (done.end === "stopped")
        state.ended = { ...turn.pending, stopped: done.answer.slice(0, maxStoredLength) };
      if (!turn.remote) remember();
      contain(() => callbacks.onFinish?.(done, turn.remote));
      contain(() => state.askEarly());
    },
    startRemote(pending) {
      batch(() => {
        state.finished.value = state.finished.value.filter(
          ({ id }) => id !== pending.instead && id !== pending.name,
        );
        state.start({ ...pending, instead: pending.name }, true);
        if (state.live) state.live.remote = true;
      });
    },
    release() {
      if (!state.live) return;
      state.live.wanted = false;
      state.live.controller.abort();
      state.live = null;
      state.streaming.value = null;
    },
    setRemote(turn, remote) {
      if (state.live?.pending.id === turn) Object.assign(state.live, { remote, sent: !remote });
    },
    setTaken() {
      if (state.live) state.live.pending = { ...state.live.pending, taken: true };
    },
    setRef: (place) => void (state.slot.place = place),
    clear() {
      state.slot = { place: null };
      state.live = null;
      state.ended = null;
      state.early = null;
      state.before = Promise.resolve();
      batch(() => {
        state.finished.value = [];
        state.streaming.value = null;
        state.problem.value = null;
        state.restoring.value = false;
      });
    },
  };

  function remember(): void {
    const last = state.last();
    const pending = state.live?.pending ?? state.ended;
    const turn = lastIn(state.finished.value)?.id;
    const { place } = state.slot;
    contain(() => environment.store.save({ place, pending, ...(last && { last }), ...(turn && { turn }) }));
  }

  async function run(turn: LiveTurn, slot: OwnState["slot"]): Promise<void> {
    await state.before;
    const [file] = await Promise.all([loadTurnModule().catch(() => null), environment.ready()]);
    if (!turn.wanted || turn.controller.signal.aborted) return;
    if (!file && !environment.online()) {
      turn.setPhase("offline");
      await environment.pause(offlinePollMs, turn.controller.signal);
      return run(turn, slot);
    }
    const isSeen = () => state.live === turn;
    /** With `taken`, the proxy knows the turn: a stop that waited for that can go on. */
    function note(change: Partial<PendingTurn>): void {
      turn.pending = { ...turn.pending, ...change };
      if (slot === state.slot && !turn.remote) remember();
      if (slot !== state.slot && slot.place) environment.store.adoptArchived(turn.pending.id, slot.place);
      if (!turn.wanted && slot.place) turn.controller.abort();
    }
    const known = () => note({ taken: true });
    const handlers = {
      leaves: (at: number) => note({ waits: false, at }),
      taken: known,
      placed(place: ConversationRef | null) {
        slot.place = place;
        if (place) known();
      },
      delta: (text: string) => isSeen() && turn.append(text),
      citations: (citations: LiveTurn["citations"]) => (turn.citations = citations),
      phase: (phase: Phase) => turn.setPhase(phase),
      wanted: () => turn.wanted,
      isTaken: () => turn.pending.taken,
    };
    const ending: TurnOutcome | null = file
      ? await file.followTurn(turn.pending, slot, environment, handlers, turn.controller.signal)
      : { end: "failed", problem: unreachable(environment) };
    if (ending && isSeen()) state.finish(turn, ending);
  }

  return state;
}
