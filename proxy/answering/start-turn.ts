/** Start of a turn: the same turn sent twice is one question, and the second request joins the first. */
import type { Context } from "hono";
import type { Asker, Lease } from "../limits/admission.ts";
import { problemOf, Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";
import type { Turn } from "../turns/turn.ts";
import type { TurnWriter } from "../turns/turn-writer.ts";
import type { TurnRequest } from "../turns/types.ts";
import type { Who } from "../metrics/request-id.ts";
import { countFollower } from "../usage/count-follower.ts";
import { whoAsks } from "../usage/count-reading.ts";
import { toRefusal } from "./to-refusal.ts";
import type { ProxyDeps } from "../deps.ts";

/** A turn whose question is this request's to ask. */
export type StartedTurn = {
  turn: Turn;
  writer: TurnWriter;
  lease: Lease;
  agent: string;
  /** The id of the request that began it, for the log. */
  request: string;
  /** The visitor and address, for fairness among visitors. */
  who: Who;
  /** Milliseconds since 1970. */
  at: number;
};

/** Seconds after which a full or closing proxy may be tried again. */
const fullWait = 5;
/** Seconds after which a visitor whose last question is still being answered may try again. */
const runningWait = 2;

/**
 * The turn under this key and, when it is new, what is needed to ask its question. Throws `not-allowed` when the turn
 * belongs to another visitor, `bad-request` when the key stands for another question, `too-many` while the
 * conversation's last question is being answered, `upstream-busy` when no more turns can run, and the refusal of a
 * limit. `newcomer` is called before the limits, and may throw too.
 */
export async function joinOrStart(
  c: Context<RequestContext>,
  deps: ProxyDeps,
  asking: TurnRequest,
  asker: Omit<Asker, "address">,
  newcomer: () => Promise<void> = () => Promise.resolve(),
): Promise<{ turn: Turn; begun: StartedTurn | null }> {
  const claim = await deps.turns.claim(asking);
  const isThere = claim.kind === "joined" || claim.kind === "other-question" || claim.kind === "not-theirs";
  if (isThere) countFollower(c, deps, asker.isNew ? null : asker.visitor);
  if (claim.kind === "joined") return { turn: claim.turn, begun: null };
  if (claim.kind === "not-theirs") throw new Refused("not-allowed");
  if (claim.kind === "other-question") throw new Refused("bad-request");
  if (claim.kind === "forgotten") throw new Refused("not-found");
  // Upstream's answers do not name their question, so two at once in a conversation could be mixed up. The visitor is
  // too fast (with two tabs, for example), the service is not busy; hence `too-many`.
  if (claim.kind === "busy") throw new Refused("too-many", { retryAfter: runningWait });
  if (claim.kind === "full") throw new Refused("upstream-busy", { retryAfter: fullWait });
  const { turn, writer } = claim;
  const request = c.get("requestId");
  try {
    await newcomer();
    const lease = await deps.admission.admit({ ...asker, address: c.get("address") ?? null });
    const who = whoAsks(c, asker.visitor);
    const begun = { turn, writer, lease, agent: asker.agent, request, who, at: deps.clock() };
    return { turn, begun };
  } catch (error) {
    const { code, details } = toRefusal(error, deps.log, request);
    deps.turns.release(turn, problemOf(code, details.retryAfter, details));
    throw error;
  }
}
