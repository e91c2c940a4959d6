/** Follows one turn to its end, over as many connections as needed; its question is never sent twice. */
import { createBackoff, type Backoff } from "./retry.ts";
import { offlinePollMs, unreachable } from "./unreachable.ts";
import type { VisitorProblem, ConversationRef, PendingTurn, ConversationSlot, TurnOutcome } from "./types.ts";
import type { StreamEnd, StreamListener, ChatEnvironment } from "./environment.ts";
import { cut, findStored, refused, resendableMs } from "./stored-answer.ts";
import { createTurnListener, startProgress } from "./turn-outcome.ts";
import type { TurnHandlers, TurnProgress } from "./turn-outcome.ts";

export { withRetry } from "./retry.ts";
export { stopUpstream } from "./stop-turn.ts";

/** Whether the proxy does not know the conversation, or not this visitor in it. */
export const isGone = (problem: VisitorProblem) =>
  problem.code === "not-found" || problem.code === "not-allowed";

/**
 * A proxy that lost a turn does not know whether the agent is still writing; the agent stores an answer once it is
 * complete. The transcript is read at most this often, for 15 seconds together, while the question is not older than the
 * longest answer takes (milliseconds).
 */
const maxLookups = 5;
const maxAnswerMs = 5 * 60_000;

type Following = {
  readonly turn: PendingTurn;
  readonly slot: ConversationSlot;
  readonly environment: ChatEnvironment;
  readonly handlers: TurnHandlers;
  readonly signal: AbortSignal;
  readonly backoff: Backoff;
  readonly progress: TurnProgress;
};

/** Resolves to null when aborted, or when the turn is no longer wanted. */
export async function followTurn(
  turn: PendingTurn,
  slot: ConversationSlot,
  environment: ChatEnvironment,
  handlers: TurnHandlers,
  signal: AbortSignal,
): Promise<TurnOutcome | null> {
  const backoff = createBackoff(environment);
  const progress = startProgress(turn);
  const following: Following = { turn, slot, environment, handlers, signal, backoff, progress };
  const listener = createTurnListener(progress, handlers, signal, () => backoff.renew());
  for (;;) {
    const { ref } = slot;
    progress.taken ||= handlers.isTaken();
    progress.isOut ||= progress.taken;
    const followed = progress.taken ? ref : null;
    if (!progress.isOut && environment.online() && !sendNow(following)) return null;
    const end = await connect(following, followed, listener);
    if (progress.outcome || signal.aborted) return progress.outcome;
    const refusal = typeof end === "string" ? null : end;
    const next = followed
      ? await afterFollowing(following, followed, refusal)
      : afterAsking(following, ref, refusal);
    if (next === "ask anew") continue;
    if (next !== "try again") return next;
    const waited = await waitForRetry(following, ref, refusal);
    if (waited !== "try again") return waited;
  }
}

/** Records that this tab sends the question. False when another tab withdrew it; this tab will be notified of that. */
function sendNow({ turn, environment, handlers, progress }: Following): boolean {
  if (environment.store.load()?.pending?.id !== turn.id) {
    handlers.phase("offline");
    return false;
  }
  progress.isOut = true;
  progress.sent = environment.now();
  handlers.phase("waiting");
  handlers.leaves(progress.sent);
  return true;
}

/** Follows the turn in `followed`, or asks its question. */
function connect(
  { turn, slot, environment, signal, progress }: Following,
  followed: ConversationRef | null,
  listener: StreamListener,
): Promise<StreamEnd> {
  const { transport } = environment;
  if (followed) return transport.resume(followed, turn.id, progress.last, listener, signal);
  progress.last = 0;
  const request = {
    turn: turn.id,
    secret: turn.secret,
    prompt: turn.question,
    language: environment.language(),
    page: turn.page ?? undefined,
  };
  return transport.ask(slot.ref, request, listener, signal);
}

/** Decides what follows when a question was refused (`refusal`), or its stream was cut. */
function afterAsking(
  { environment, handlers, progress }: Following,
  ref: ConversationRef | null,
  refusal: VisitorProblem | null,
): TurnOutcome | "try again" | "ask anew" {
  if (!refusal) {
    progress.mayBeThere = true;
    return "try again";
  }
  if (!ref || !isGone(refusal)) return { end: "failed", problem: refusal };
  if (progress.mayBeThere) return { end: "failed", problem: unreachable(environment) };
  // The conversation has expired; the question was not accepted and may start another.
  handlers.refChanged(null);
  if (refusal.code === "not-allowed") archiveConversation(environment);
  handlers.leaves(progress.sent);
  return "ask anew";
}

/** Decides what follows when a turn could not be followed (`refusal`), or its stream was cut. */
async function afterFollowing(
  { turn, environment, signal, backoff, progress }: Following,
  ref: ConversationRef,
  refusal: VisitorProblem | null,
): Promise<TurnOutcome | "try again"> {
  progress.mayBeThere = true;
  if (refusal?.code === "signed-out") return { end: "failed", problem: refusal };
  if (!refusal || !isGone(refusal)) return "try again";
  const stored = await findStored(turn, ref, environment, signal);
  if (stored !== "not yet") return stored;
  if (progress.lookups === maxLookups || environment.now() - progress.sent > maxAnswerMs)
    return refusal.code === "not-found" ? cut : refused;
  if (progress.lookups++ === 0) backoff.renew();
  return "try again";
}

/** Waits for the next try; resolves to the outcome when it was the last. */
async function waitForRetry(
  { turn, environment, handlers, signal, backoff, progress }: Following,
  ref: ConversationRef | null,
  refusal: VisitorProblem | null,
): Promise<TurnOutcome | null | "try again"> {
  const sayWhy = () =>
    handlers.phase(progress.isOut ? "reconnecting" : environment.online() ? "waiting" : "offline");
  if (!handlers.wanted()) return null;
  sayWhy();
  if (!refusal && !environment.online()) {
    await environment.pause(offlinePollMs, signal);
    backoff.renew();
    sayWhy();
  } else if (!(await backoff.wait(progress.taken, signal, refusal?.retryAfter)))
    return { end: "failed", problem: unreachable(environment) };
  if (signal.aborted || !handlers.wanted()) return null;
  progress.taken ||= handlers.isTaken();
  const isOld = environment.now() - progress.sent > resendableMs;
  if (!progress.isOut || progress.taken || !environment.online() || !isOld) return "try again";
  const stored = ref ? await findStored(turn, ref, environment, signal) : "not yet";
  return stored === "not yet" ? { end: "failed", problem: unreachable(environment) } : stored;
}

/** A refused conversation stays in the list of earlier ones. */
function archiveConversation({ store }: ChatEnvironment): void {
  const stored = store.load();
  if (!stored) return;
  store.save({ ...stored, pending: null });
  store.archive(undefined);
}
