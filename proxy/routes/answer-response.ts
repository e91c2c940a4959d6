/** A turn as a response: an event stream, or one JSON object for clients that cannot stream. */
import type { Context } from "hono";
import type { WholeAnswer } from "../protocol/bodies.ts";
import { Refused } from "../guards/refusal.ts";
import type { RequestContext } from "../guards/request-context.ts";
import { turnStream } from "../turns/turn-stream.ts";
import { untilAnswering, untilEnded } from "../turns/turn-opening.ts";
import type { Turn } from "../turns/turn.ts";
import type { Parts } from "./parts.ts";
import { prefers } from "./preference.ts";

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  // nginx would otherwise collect the events before passing them on.
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** Seconds after which one more reader of a turn may try again. */
const crowdedWait = 2;
/** Seconds after which whoever wants the whole of an answer may ask for it where it is written now. */
const movedWait = 1;
/** Milliseconds that a follow-up's response head may be held back. */
const longestHold = 5000;
/** The same for a new conversation, from the moment it is known: without its id the visitor cannot press Stop. */
const holdAfterOpening = 250;

/**
 * Answers with a turn that was just begun or joined.
 *
 * The head is held back until the turn begins to answer, so that what fails early is refused with a status that
 * clients, caches and monitors understand, and not with a 200 whose stream holds a problem. That goes for new
 * conversations too: one in which nothing was answered is worth nothing to the visitor, who simply asks again.
 */
export async function answerResponse(
  c: Context<RequestContext>,
  parts: Parts,
  turn: Turn,
  asked: { turn: string; conversation: string | null },
): Promise<Response> {
  if (prefers(c.req.header("accept"), "application/json", "text/event-stream")) {
    await untilEnded(turn, parts.schedule);
    refuseFailed(c, turn);
    return c.json(wholeAnswer(turn, asked), 200, {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  }
  const patience =
    asked.conversation === null ? { afterOpening: holdAfterOpening } : { longest: longestHold };
  await untilAnswering(turn, parts.schedule, patience);
  if (!turn.hasText) refuseFailed(c, turn);
  return streamResponse(c, parts, turn, 0);
}

/** The turn's events after a given one. */
export function streamResponse(
  c: Context<RequestContext>,
  parts: Parts,
  turn: Turn,
  after: number,
): Response {
  const { schedule, limits, meters } = parts;
  // Its body would be dropped unread, and never left.
  if (c.req.method === "HEAD") return c.body(null, 200, streamHeaders);
  if (turn.readers >= limits.readers) throw new Refused("too-many", { retryAfter: crowdedWait });
  turn.readers++;
  turn.isTold = true;
  meters.reader(1);
  const left = () => {
    turn.readers--;
    meters.reader(-1);
  };
  const stream = turnStream(turn, { after, schedule, heartbeat: limits.heartbeat, left });
  return c.body(stream, 200, streamHeaders);
}

function refuseFailed(c: Context<RequestContext>, { ending }: Turn): void {
  if (ending?.kind !== "failed") return;
  c.set("isCounted", true);
  const { code, retryAfter, words } = ending.problem;
  throw new Refused(code, { retryAfter, words });
}

function wholeAnswer(turn: Turn, asked: { turn: string; conversation: string | null }): WholeAnswer {
  const { answer, citations, opened, ending } = turn;
  if (ending?.kind === "moved") throw new Refused("upstream-busy", { retryAfter: movedWait });
  const whole: WholeAnswer = {
    conversation: opened?.conversation ?? asked.conversation ?? "",
    turn: asked.turn,
    message: ending?.kind === "answered" ? ending.message : null,
    answer,
    citations,
  };
  if (opened) whole.visitor = opened.visitor;
  return whole;
}
