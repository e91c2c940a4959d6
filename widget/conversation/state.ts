/** Conversation state machine: signals, the live turn, and how a turn starts, runs and ends. */
import { batch, signal } from "@preact/signals";
import { contain, report } from "./contain.ts";
import { lastIn } from "../builtins/last.ts";
import type { ConversationCallbacks } from "./conversation.ts";
import { createLiveTurn, finishTurn, runTurn } from "./live-turn.ts";
import type {
  StreamingTurn,
  FinishedTurn,
  PendingTurn,
  ConversationRef,
  TurnOutcome,
  LiveTurn,
  OwnState,
  ConversationProblem,
} from "./types.ts";
import type { ChatEnvironment } from "./environment.ts";
import { unreachable } from "./unreachable.ts";

/** Characters of a stopped answer that are stored: browsers store some five million for a whole site. */
const maxStoredLength = 50_000;

/** State of one conversation. Results of its turns are stored before they are shown. */
class State implements OwnState {
  readonly finished = signal<readonly FinishedTurn[]>([]);
  readonly streaming = signal<StreamingTurn | null>(null);
  readonly restoring = signal(false);
  readonly problem = signal<ConversationProblem | null>(null);
  readonly closing = new AbortController();
  readonly closed = this.closing.signal;
  slot: OwnState["slot"] = { ref: null };
  live: LiveTurn | null = null;
  before: Promise<void> = Promise.resolve();
  ended: PendingTurn | null = null;
  early: string | null = null;
  readonly #environment: ChatEnvironment;
  readonly #callbacks: ConversationCallbacks;

  constructor(environment: ChatEnvironment, callbacks: ConversationCallbacks) {
    this.#environment = environment;
    this.#callbacks = callbacks;
  }

  ask(question: string): void {
    const trimmed = question.trim();
    if (!trimmed || this.live) return;
    if (this.restoring.value) return void (this.early = trimmed);
    const turn = this.newTurn(trimmed);
    this.start(turn);
    contain(() => this.#callbacks.onQuestion?.(turn));
  }

  askEarly(): void {
    const question = this.early;
    this.early = null;
    if (question) this.ask(question);
  }

  newTurn(question: string, page = this.#environment.page()): PendingTurn {
    return {
      ...this.#environment.newNames(),
      question,
      at: this.#environment.now(),
      taken: false,
      after: this.last() ?? null,
      page,
      waits: !this.#environment.online(),
    };
  }

  last(): string | undefined {
    return lastIn(this.finished.value.filter((turn) => turn.message !== null))?.message ?? undefined;
  }

  /** Stores the turn first: if the page is closed now, the next one finds the answer. */
  start(pending: PendingTurn, isStored = false): void {
    const turn = createLiveTurn(pending);
    this.live = turn;
    this.ended = null;
    // From here on the question is asked, even if an effect of these signals throws.
    try {
      if (!isStored) this.#save();
      this.streaming.value = turn.view;
    } catch (error) {
      report(error);
      contain(() => (this.streaming.value = turn.view));
    }
    turn.over = runTurn(this, this.#environment, () => this.#save(), turn, this.slot).catch(
      (error: unknown) => {
        report(error);
        // The proxy may have it: it may only be asked again under the same id.
        if (this.live === turn) this.finish(turn, { end: "failed", problem: unreachable(this.#environment) });
      },
    );
  }

  finish(turn: Readonly<LiveTurn>, ending: TurnOutcome): void {
    const done = Object.freeze({ ...finishTurn(turn, ending), isNews: true as const });
    this.live = null;
    const show = () =>
      batch(() => {
        this.finished.value = [...this.finished.peek(), done];
        this.streaming.value = null;
      });
    contain(show);
    // The assignment itself has failed, and not an effect of it.
    if (this.streaming.peek() === turn.view) contain(show);
    // A reload must lose none of these. After a changed identity the question is in the composer.
    if (ending.end === "failed" && ending.problem.code !== "signed-out") this.ended = turn.pending;
    if (done.end === "stopped")
      this.ended = { ...turn.pending, stopped: done.answer.slice(0, maxStoredLength) };
    if (!turn.remote) this.#save();
    contain(() => this.#callbacks.onFinish?.(done, turn.remote));
    contain(() => this.askEarly());
  }

  startRemote(pending: PendingTurn): void {
    batch(() => {
      this.finished.value = this.finished.value.filter(
        ({ id }) => id !== pending.instead && id !== pending.name,
      );
      this.start({ ...pending, instead: pending.name }, true);
      if (this.live) this.live.remote = true;
    });
  }

  release(): void {
    if (!this.live) return;
    this.live.wanted = false;
    this.live.controller.abort();
    this.live = null;
    this.streaming.value = null;
  }

  setRemote(turn: string, remote: boolean): void {
    if (this.live?.pending.id === turn) Object.assign(this.live, { remote, sent: !remote });
  }

  setTaken(): void {
    if (this.live) this.live.pending = { ...this.live.pending, taken: true };
  }

  setStopped(pending: PendingTurn): void {
    const { name, stopped } = pending;
    if (this.ended?.id !== pending.id || stopped === undefined) return;
    this.ended = pending;
    this.finished.value = this.finished.value.map((turn) =>
      turn.id === name ? Object.freeze({ ...turn, answer: stopped }) : turn,
    );
  }

  setRef(ref: ConversationRef): void {
    this.slot.ref = ref;
  }

  clear(): void {
    this.slot = { ref: null };
    this.live = null;
    this.ended = null;
    this.early = null;
    this.before = Promise.resolve();
    batch(() => {
      this.finished.value = [];
      this.streaming.value = null;
      this.problem.value = null;
      this.restoring.value = false;
    });
  }

  #save(): void {
    const last = this.last();
    const pending = this.live?.pending ?? this.ended;
    const turn = lastIn(this.finished.value)?.id;
    const { ref } = this.slot;
    contain(() =>
      this.#environment.store.save({ ref, pending, ...(last && { last }), ...(turn && { turn }) }),
    );
  }
}

export const createState = (environment: ChatEnvironment, callbacks: ConversationCallbacks): OwnState =>
  new State(environment, callbacks);
