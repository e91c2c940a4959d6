/** Messages to the agent's owner: a visitor's text is posted to the webhook, within the contact limit. */
import type { Context } from "hono";
import { Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";
import type { Posted } from "../contact/webhook.ts";
import { forRequest } from "../metrics/request-id.ts";
import { whoAsks } from "../usage/count-reading.ts";
import type { Conversation } from "./conversation-id.ts";
import type { Owner, ProxyDeps } from "../deps.ts";

/** Newest turns of a conversation that are sent along. */
const maxTurns = 100;

/** Counts one message to the owner, before anything is fetched or sent for it. Throws `too-many`. */
export function countWord(
  c: Context<RequestContext>,
  { limit }: Owner,
  kind: Posted["kind"],
  visitor: string | null,
): void {
  limit.take(kind, { visitor, address: c.get("address") ?? null });
}

/** Throws `upstream-down` when the webhook did not take it. Nothing of it is logged. */
export async function tellOwner(
  c: Context<RequestContext>,
  { log }: Pick<ProxyDeps, "log">,
  { webhook }: Owner,
  posted: Posted,
): Promise<void> {
  const status = await webhook.post(posted);
  if (status !== null && status >= 200 && status < 300) return;
  log.warn({ id: c.get("requestId"), status }, "CONTACT_WEBHOOK did not take a message");
  throw new Refused("upstream-down");
}

/** Throws `not-found` where the owner takes no messages. */
export function ownerOf({ owner }: Pick<ProxyDeps, "owner">): Owner {
  if (!owner) throw new Refused("not-found");
  return owner;
}

export type ToldTurn = {
  /** The service's id of the message; not sent. */
  id: number;
  turn: { question: string; answer: string; sources: { title: string; url: string | null }[] };
};

/** Turns of a conversation, read from the service: the visitor's browser could make them up. */
export async function toldTurns(
  c: Context<RequestContext>,
  { upstream }: Pick<ProxyDeps, "upstream">,
  { project, session, visitor }: Conversation,
): Promise<ToldTurn[]> {
  const signal = forRequest(c.req.raw.signal, c.get("requestId"), whoAsks(c, visitor));
  const stored = await upstream.messages(project, session, signal);
  return stored.slice(-maxTurns).map(({ id, prompt, answer, citations }) => ({
    id,
    turn: { question: prompt, answer, sources: citations.map(({ title, url }) => ({ title, url })) },
  }));
}
