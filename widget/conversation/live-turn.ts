/** Turns: the live one with its signals, how it runs, and the frozen data that it becomes. */
import { signal } from "@preact/signals";
import type { TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import { contain, report } from "./contain.ts";
import type { ChatEnvironment } from "./environment.ts";
import type {
  ConversationRef,
  FinishedTurn,
  LiveTurn,
  OwnState,
  PendingTurn,
  Phase,
  TurnOutcome,
} from "./types.ts";
import { offlinePollMs, unreachable } from "./unreachable.ts";

export function createLiveTurn(pending: PendingTurn, remote = false): LiveTurn {
  const answer = signal("");
  const phase = signal<Phase>("waiting");
  return {
    controller: new AbortController(),
    view: { id: pending.name, question: pending.question, page: pending.page, answer, phase },
    pending,
    citations: [],
    wanted: true,
    remote,
    sent: false,
    over: Promise.resolve(),
    // An error in the view's effects must not end the turn: the piece counts as received.
    append(text) {
      try {
        answer.value += text;
      } catch (error) {
        report(error);
      }
    },
    setPhase(next) {
      contain(() => (phase.value = next));
    },
  };
}

export const loadTurnModule = () => import("./turn.lazy.ts");

/** Runs a turn, which belongs to the conversation of `slot`, until it has ended. */
export async function runTurn(
  state: OwnState,
  environment: ChatEnvironment,
  save: () => void,
  turn: LiveTurn,
  slot: OwnState["slot"],
): Promise<void> {
  await state.before;
  const [file] = await Promise.all([loadTurnModule().catch(() => null), environment.ready()]);
  if (!turn.wanted || turn.controller.signal.aborted) return;
  if (!file && !environment.online()) {
    turn.setPhase("offline");
    await environment.pause(offlinePollMs, turn.controller.signal);
    return runTurn(state, environment, save, turn, slot);
  }
  const isSeen = () => state.live === turn;
  /** With `taken`, the proxy knows the turn, so a waiting stop can continue. */
  function note(change: Partial<PendingTurn>): void {
    turn.pending = { ...turn.pending, ...change };
    if (slot === state.slot && !turn.remote) save();
    if (slot !== state.slot && slot.ref) environment.store.adoptArchived(turn.pending.id, slot.ref);
    if (!turn.wanted && slot.ref) turn.controller.abort();
  }
  const known = () => note({ taken: true });
  const handlers = {
    leaves: (at: number) => note({ waits: false, at }),
    taken: known,
    refChanged(ref: ConversationRef | null) {
      slot.ref = ref;
      if (ref) known();
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

export function finishTurn(
  { pending, view, citations }: Readonly<LiveTurn>,
  ending: TurnOutcome,
): FinishedTurn {
  if (ending.end === "stored")
    return Object.freeze({ ...turnFromTranscript(ending.stored, pending.name), page: pending.page });
  const answer = view.answer.value;
  return Object.freeze({
    id: pending.name,
    question: pending.question,
    answer,
    page: pending.page,
    citations,
    message: ending.end === "answered" ? ending.message : null,
    reaction: "neutral" as const,
    ...(ending.end === "answered"
      ? answered(answer)
      : { end: ending.end, problem: ending.end === "failed" ? ending.problem : null }),
  });
}

/** An empty answer is a failure, so that the visitor can retry. */
const answered = (answer: string): Pick<FinishedTurn, "end" | "problem"> =>
  answer.trim() ? { end: "answered", problem: null } : { end: "failed", problem: { code: "no-answer" } };

export const turnFromTranscript = (stored: TranscriptMessage, id: string): FinishedTurn =>
  Object.freeze({
    id,
    question: stored.prompt,
    answer: stored.answer,
    citations: stored.citations,
    message: stored.message,
    reaction: stored.reaction,
    ...answered(stored.answer),
  });
