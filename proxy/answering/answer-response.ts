/** Response with a turn's answer: an event stream, or one JSON object for clients that cannot stream. */
import type { Context } from "hono";
import { Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";
import { turnStream } from "../turns/turn-stream.ts";
import { untilAnswering, untilEnded } from "../turns/wait-for-turn.ts";
import type { Turn } from "../turns/turn.ts";
import type { ProxyDeps } from "../deps.ts";
import { prefers } from "./negotiate-accept.ts";
import { takeSeat } from "../usage/reader-seat.ts";

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  // nginx would otherwise collect the events before passing them on.
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};
const wholeHeaders = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** Seconds in `Retry-After` when another instance writes the turn now and the client wants the whole answer. */
const movedWait = 1;
/** Milliseconds that a follow-up's response head may be held back. */
const maxHold = 5000;
/** The same for a new conversation, from the moment it is known: without its id the visitor cannot press Stop. */
const holdAfterOpening = 250;
/** Status in the log for a client that disconnected before the answer; never sent. */
const clientLeft = 499;

type Asked = { turn: string; conversation: string | null };

/**
 * Response with a turn that was just started or joined. Throws the turn's refusal, and `too-many` when too many follow
 * it.
 */
export function answerResponse(
  c: Context<RequestContext>,
  deps: ProxyDeps,
  turn: Turn,
  asked: Asked,
): Promise<Response> {
  const isWhole = prefers(c.req.header("accept"), "application/json", "text/event-stream");
  return isWhole ? wholeResponse(c, deps, turn, asked) : openingResponse(c, deps, turn, asked);
}

async function wholeResponse(
  c: Context<RequestContext>,
  deps: ProxyDeps,
  turn: Turn,
  asked: Asked,
): Promise<Response> {
  const { signal: left } = c.req.raw;
  const leave = takeSeat(deps, turn);
  await untilEnded(turn, deps.schedule, left);
  leave();
  if (left.aborted) return new Response(null, { status: clientLeft });
  refuseFailed(c, turn);
  if (turn.ending?.kind === "handedOver") throw new Refused("upstream-busy", { retryAfter: movedWait });
  return c.body(turn.whole({ turn: asked.turn, conversation: asked.conversation ?? "" }), 200, wholeHeaders);
}

/**
 * The response head is held back until the turn starts to answer, so that an early failure is a status that clients,
 * caches and monitors understand, and not a 200 whose stream holds a problem. New conversations too: an unanswered one
 * is of no use to the visitor, who can ask again.
 */
async function openingResponse(
  c: Context<RequestContext>,
  deps: ProxyDeps,
  turn: Turn,
  asked: Asked,
): Promise<Response> {
  const { signal: left } = c.req.raw;
  const patience = asked.conversation === null ? { afterOpening: holdAfterOpening } : { max: maxHold };
  const leave = takeSeat(deps, turn);
  await untilAnswering(turn, deps.schedule, { left, ...patience });
  leave();
  if (left.aborted) return new Response(null, { status: clientLeft });
  if (!turn.hasText) refuseFailed(c, turn);
  return streamResponse(c, deps, turn, 0);
}

/** The turn's events after a given one. */
export function streamResponse(
  c: Context<RequestContext>,
  deps: ProxyDeps,
  turn: Turn,
  after: number,
): Response {
  // No client reads the body of a HEAD response, so the reader would never be released.
  if (c.req.method === "HEAD") return c.body(null, 200, streamHeaders);
  const { schedule, limits } = deps;
  const left = takeSeat(deps, turn);
  turn.isTold = true;
  const stream = turnStream(turn, { after, schedule, heartbeat: limits.heartbeat, left });
  return c.body(stream, 200, streamHeaders);
}

function refuseFailed(c: Context<RequestContext>, { ending }: Turn): void {
  if (ending?.kind !== "failed") return;
  c.set("isCounted", true);
  const { code, retryAfter, words } = ending.problem;
  throw new Refused(code, { retryAfter, words });
}
