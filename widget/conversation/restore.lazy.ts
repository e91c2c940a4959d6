/** Restoration of a stored conversation: its turns, and the one that may still be running. */
import { batch } from "@preact/signals";
import type { Transcript } from "../../proxy/protocol/bodies.ts";
import { lastIn } from "../builtins/last.ts";
import { withRetry } from "./retry.ts";
import { createLiveTurn, finishTurn, turnFromTranscript } from "./live-turn.ts";
import type { FinishedTurn, VisitorProblem, PendingTurn, ConversationSlot, OwnState } from "./types.ts";
import { cut, isAnswerTo, resendableMs } from "./stored-answer.ts";
import type { StoredConversation, ChatEnvironment } from "./environment.ts";

/**
 * Milliseconds. A question that the proxy did not confirm is sent after a reload only while the visitor surely still
 * waits for it: some minutes (`freshFor`), or a day where the chat has said that it waits for a network.
 */
const maxOfflineWaitMs = 24 * 60 * 60_000;

type Found = {
  readonly settled: readonly FinishedTurn[];
  /** The turn to follow; null when there is none. */
  readonly pending: PendingTurn | null;
};

/**
 * Resolves to the problem with which the earlier turns could not be fetched; to null when they were, or when this is
 * closed. A deleted conversation is forgotten. A refused one is not, since a server on the way may have refused it.
 */
export async function restoreConversation(
  state: OwnState,
  slot: ConversationSlot,
  environment: ChatEnvironment,
  { ref, pending }: StoredConversation,
): Promise<VisitorProblem | null> {
  const reply =
    ref &&
    (await withRetry(environment, state.closed, () => environment.transport.transcript(ref, state.closed)));
  if (state.slot !== slot || state.closed.aborted) return null;
  const isGone = reply?.ok === false && reply.problem.code === "not-found";
  if (isGone) {
    state.slot.ref = null;
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
 * Merges the stored turns, in their order, with this tab's. Of a turn that is in both, this tab's stays, so that it is
 * not rendered again; one without an answer is replaced by the stored one.
 */
function joined(stored: readonly FinishedTurn[], here: readonly FinishedTurn[]): readonly FinishedTurn[] {
  const indexOf = (own: FinishedTurn) =>
    own.message === null ? -1 : stored.findIndex(({ message }) => message === own.message);
  const isAnswered = ({ question, message }: FinishedTurn) =>
    message === null && stored.some((turn) => turn.question === question && !here.some(isSameAs(turn)));
  const remaining = here.filter((own) => !isAnswered(own));
  if (remaining.every((own) => indexOf(own) < 0)) return [...stored, ...remaining];
  let next = 0;
  const inOrder = remaining.flatMap((own) => {
    const index = indexOf(own);
    if (index < next) return [own];
    const before = stored.slice(next, index);
    next = index + 1;
    return [...before, own];
  });
  return [...inOrder, ...stored.slice(next)];
}

const isSameAs = (turn: FinishedTurn) => (own: FinishedTurn) => own.message === turn.message;

/** With `isGone`, a question that may have been sent to that conversation is not sent to another one. */
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
    // The turn delivers its whole answer when it is followed, so the stored one must not be shown too.
    return { settled: isStored ? settled.slice(0, -1) : settled, pending };
  }
  if (isStored) return { settled, pending: null };
  const turn = createLiveTurn(pending);
  turn.append(stopped ?? "");
  const ending = stopped === undefined ? cut : ({ end: "stopped" } as const);
  return { settled: [...settled, finishTurn(turn, ending)], pending: null };
}
