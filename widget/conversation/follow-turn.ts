/** Follows one turn to its end, over as many connections as that takes, without ever sending it twice. */
import type { Citation } from "../../proxy/protocol/bodies.ts";
import type { StreamEvent } from "../../proxy/protocol/events.ts";
import { createBackoff, whileOffline, unreachable } from "./retry.ts";
import type {
  Phase,
  VisitorProblem,
  ConversationRef,
  PendingTurn,
  ConversationSlot,
  TurnOutcome,
} from "./types.ts";
import { cut, findStored, refused } from "./turn-ending.ts";
import type { StreamListener, ChatEnvironment } from "./environment.ts";

export type TurnHandlers = {
  /** It waited for a network, and will be sent now. */
  leaves(at: number): void;
  /** The proxy has taken the question. */
  taken(): void;
  /** The proxy has named the conversation; null when it is gone there. */
  placed(place: ConversationRef | null): void;
  delta(text: string): void;
  citations(citations: readonly Citation[]): void;
  phase(phase: Phase): void;
  /** False when nobody wants the answer any more: then nothing is tried again. */
  wanted(): boolean;
  /** Whether the proxy is known to have taken the question, from another tab perhaps. */
  isTaken(): boolean;
};

/** The proxy knows no such conversation, or not this visitor in it: it is over. */
export const isGone = (problem: VisitorProblem) =>
  problem.code === "not-found" || problem.code === "not-allowed";

/**
 * A proxy that lost a turn cannot tell whether the agent is still writing; the agent stores an answer when it is whole.
 * So many looks, a quarter of a minute together, while the question is not older than any answer takes (milliseconds).
 */
const looks = 5;
const longestAnswer = 5 * 60_000;

/** Milliseconds for which a proxy surely knows a turn by its name; sent again later, it may be asked and charged twice. */
export const freshFor = 10 * 60_000;

/** Resolves to null when it was given up: aborted, or no longer wanted. */
export async function followTurn(
  turn: PendingTurn,
  slot: ConversationSlot,
  environment: ChatEnvironment,
  handlers: TurnHandlers,
  signal: AbortSignal,
): Promise<TurnOutcome | null> {
  const { transport } = environment;
  const patience = createBackoff(environment);
  let taken = turn.taken;
  let last = 0;
  let looked = 0;
  let begun = false;
  /** Whether a request may have got out, be it of an earlier page. */
  let isOut = !turn.waits;
  /** Whether the conversation may have the question though nobody is known to have taken it. */
  let mayBeThere = turn.instead === turn.name;
  let sent = turn.at;
  const heard: { ending: TurnOutcome | null } = { ending: null };

  const listener: StreamListener = {
    opened() {
      isOut = true;
      if (!taken) handlers.taken();
      taken = true;
      handlers.phase(begun ? "answering" : "waiting");
    },
    event(event) {
      // Whoever follows a turn again may be told what it knows already.
      if (event.id <= last || heard.ending || signal.aborted) return;
      patience.renew();
      hear(event);
      // Only now: one that could not be heard is told again.
      last = event.id;
    },
  };

  function hear({ event, data }: StreamEvent): void {
    if (event === "conversation") {
      handlers.placed({ conversation: data.conversation, visitor: data.visitor });
    } else if (event === "delta") {
      begun = true;
      handlers.phase("answering");
      handlers.delta(data.text);
    } else if (event === "citations") handlers.citations(data);
    else if (event === "done")
      heard.ending = data.stopped ? { end: "stopped" } : { end: "answered", message: data.message };
    else heard.ending = { end: "failed", problem: problemOf(data) };
  }

  function ask() {
    last = 0;
    const asked = {
      turn: turn.id,
      secret: turn.secret,
      prompt: turn.question,
      language: environment.language(),
      page: turn.page ?? undefined,
    };
    return transport.ask(slot.place, asked, listener, signal);
  }

  const tellWhy = () => handlers.phase(isOut ? "reconnecting" : environment.online() ? "waiting" : "offline");

  for (;;) {
    const place = slot.place;
    taken ||= handlers.isTaken();
    isOut ||= taken;
    const follows = taken && place;
    if (!isOut && environment.online()) {
      // Taken back in another tab, of which this one has not heard yet: it stays unsent until it has.
      if (environment.store.load()?.pending?.id !== turn.id) {
        handlers.phase("offline");
        return null;
      }
      isOut = true;
      sent = environment.now();
      handlers.phase("waiting");
      handlers.leaves(sent);
    }
    const end = await (follows ? transport.resume(place, turn.id, last, listener, signal) : ask());
    if (heard.ending || signal.aborted) return heard.ending;
    const refusal = typeof end === "string" ? null : end;
    if (refusal && !follows) {
      if (!place || !isGone(refusal)) return { end: "failed", problem: refusal };
      if (mayBeThere) return { end: "failed", problem: unreachable(environment) };
      // The conversation has expired; the question was not taken and may begin another.
      handlers.placed(null);
      if (refusal.code === "not-allowed") putAside(environment);
      handlers.leaves(sent);
      continue;
    }
    mayBeThere = true;
    if (refusal?.code === "signed-out") return { end: "failed", problem: refusal };
    if (refusal && follows && isGone(refusal)) {
      const stored = await findStored(turn, place, environment, signal);
      if (stored !== "not yet") return stored;
      if (looked === looks || environment.now() - sent > longestAnswer)
        return refusal.code === "not-found" ? cut : refused;
      if (looked++ === 0) patience.renew();
    }
    if (!handlers.wanted()) return null;
    tellWhy();
    if (!refusal && !environment.online()) {
      await environment.pause(whileOffline, signal);
      patience.renew();
      tellWhy();
    } else if (!(await patience.wait(taken, signal, refusal?.retryAfter)))
      return { end: "failed", problem: unreachable(environment) };
    if (signal.aborted || !handlers.wanted()) return null;
    taken ||= handlers.isTaken();
    if (isOut && !taken && environment.online() && environment.now() - sent > freshFor) {
      const stored = place ? await findStored(turn, place, environment, signal) : "not yet";
      return stored === "not yet" ? { end: "failed", problem: unreachable(environment) } : stored;
    }
  }
}

/** A conversation that is refused, by wslotver, stays among the earlier ones. */
function putAside({ store }: ChatEnvironment): void {
  const kept = store.load();
  if (!kept) return;
  store.save({ ...kept, pending: null });
  store.archive(undefined);
}

/** Only what visitors need of the proxy's problem; its message is for developers. */
export const problemOf = ({ code, retryAfter, words }: VisitorProblem): VisitorProblem => ({
  code,
  ...(retryAfter !== undefined && { retryAfter }),
  ...(words && { words }),
});
