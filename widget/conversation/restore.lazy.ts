/** Restoring of a stored conversation: its turns, and the one that may still be followed. */
import { batch } from "@preact/signals";
import type { Transcript } from "../../proxy/protocol/bodies.ts";
import { lastIn } from "../builtins/last.ts";
import { withRetry } from "./retry.ts";
import { createLiveTurn, finishTurn, turnFromTranscript } from "./live-turn.ts";
import type { FinishedTurn, VisitorProblem, PendingTurn, ConversationSlot, OwnState } from "./types.ts";
import { cut, isAnswerTo, resendableMs } from "./stored-answer.ts";
import type { StoredConversation, ChatEnvironment } from "./environment.ts";

/**
 * A question nobody is known to have taken is sent after a reload only while the visitor surely still waits for it: for
 * some minutes (`freshFor`), or for a day where they were told that it waits for a network.
 */
const maxOfflineWaitMs = 24 * 60 * 60_000;

type Found = {
  readonly settled: readonly FinishedTurn[];
  /** The turn to follow; null when there is none. */
  readonly pending: PendingTurn | null;
};

/**
 * Resolves to why the earlier turns could not be fetched; to null when they were, or are wanted no more. One that is gone is
 * forgotten; one that is refused is not, since whoever refused may have been somebody on the way.
 */
export async function restoreConversation(
  state: OwnState,
  slot: ConversationSlot,
  environment: ChatEnvironment,
  { place, pending }: StoredConversation,
): Promise<VisitorProblem | null> {
  const reply =
    place &&
    (await withRetry(environment, state.closed, () => environment.transport.transcript(place, state.closed)));
  if (state.slot !== slot || state.closed.aborted) return null;
  const isGone = reply?.ok === false && reply.problem.code === "not-found";
  if (isGone) {
    state.slot.place = null;
    environment.store.forget();
  }
  const messages = reply?.ok ? reply.value.messages : [];
  show(state, found(messages, pending, environment, isGone), !isGone);
  return !reply || reply.ok ? null : reply.problem;
}

function show(state: OwnState, { settled, pending }: Found, isKnown: boolean): void {
  batch(() => {
    state.restoring.value = false;
    const follow = state.live ? null : pending;
    const here = state.finished.value.filter((turn) => turn.id !== follow?.name || turn.end === "answered");
    state.finished.value = joined(settled, here);
    if (follow && !here.some((turn) => turn.id === follow.name))
      state.start({ ...follow, instead: follow.name }, isKnown);
    else state.askEarly();
  });
}

/**
 * The turns that are stored, in their order, with those that are here only where they stand; of what is both, this tab's
 * own stays, so that nothing is drawn anew. What is here without an answer makes way for its answer.
 */
function joined(stored: readonly FinishedTurn[], here: readonly FinishedTurn[]): readonly FinishedTurn[] {
  const placeOf = (own: FinishedTurn) =>
    own.message === null ? -1 : stored.findIndex(({ message }) => message === own.message);
  const isAnswered = ({ question, message }: FinishedTurn) =>
    message === null && stored.some((turn) => turn.question === question && !here.some(isSameAs(turn)));
  const kept = here.filter((own) => !isAnswered(own));
  if (kept.every((own) => placeOf(own) < 0)) return [...stored, ...kept];
  let next = 0;
  const inOrder = kept.flatMap((own) => {
    const place = placeOf(own);
    if (place < next) return [own];
    const before = stored.slice(next, place);
    next = place + 1;
    return [...before, own];
  });
  return [...inOrder, ...stored.slice(next)];
}

const isSameAs = (turn: FinishedTurn) => (own: FinishedTurn) => own.message === turn.message;

/** With `isGone`, what may have been sent there is not to be sent elsewhere. */
function found(
  messages: Transcript["messages"],
  pending: PendingTurn | null,
  environment: ChatEnvironment,
  isGone: boolean,
): Found {
  const now = environment.now();
  const settled = messages.map((stored) => turnFromTranscript(stored, environment.newNames().id));
  if (!pending) return { settled, pending };
  const last = lastIn(messages);
  const isStored = last !== undefined && isAnswerTo(pending, last);
  const { stopped } = pending;
  const isFresh = now - pending.at < (pending.waits ? maxOfflineWaitMs : resendableMs);
  if (stopped === undefined && (isGone ? pending.waits && isFresh : pending.taken || isFresh)) {
    // Followed to its end it brings everything that is stored, so it must not stand there twice.
    return { settled: isStored ? settled.slice(0, -1) : settled, pending };
  }
  if (isStored) return { settled, pending: null };
  const turn = createLiveTurn(pending);
  turn.append(stopped ?? "");
  const ending = stopped === undefined ? cut : ({ end: "stopped" } as const);
  return { settled: [...settled, finishTurn(turn, ending)], pending: null };
}
