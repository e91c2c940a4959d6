/** Conversation ids as browsers see them: sealed, and valid only together with the visitor's token. */
import type { Context } from "hono";
import * as v from "valibot";
import { presentVisitor } from "../auth/authenticate.ts";
import { Refused } from "../http/errors.ts";
import { identityHeader } from "../protocol/headers.ts";
import type { RequestContext } from "../http/context.ts";
import { checkSite, type Agent } from "./find-agent.ts";
import type { ProxyDeps } from "../deps.ts";

export type Conversation = Agent & {
  /** The sealed id. */
  id: string;
  /** Upstream's session id, a bearer secret. */
  session: string;
  visitor: string;
};

const label = "conversation";
const sealedSchema = v.tuple([v.string(), v.number(), v.string(), v.string()]);

export function sealConversation(deps: ProxyDeps, sealed: Omit<Conversation, "id">): Conversation {
  const { alias, project, session, visitor } = sealed;
  return { ...sealed, id: deps.sealer.seal(label, JSON.stringify([alias, project, session, visitor])) };
}

/**
 * The conversation that the path names. Throws `not-allowed` without a valid token or identity or with another
 * visitor's, and `not-found` for an unknown id, an agent that is no longer configured, or a deleted conversation.
 */
export async function ownConversation(
  c: Context<RequestContext>,
  deps: ProxyDeps,
  { evenForgotten = false } = {},
): Promise<Conversation> {
  const isNamed = [identityHeader, "authorization"].some((name) => c.req.header(name) !== undefined);
  if (!isNamed) throw new Refused("not-allowed");
  // The agent that the token must be for is known from the conversation only.
  const conversation = openConversation(deps, c.req.param("conversation") ?? "");
  if (!conversation) throw new Refused("not-found");
  checkSite(c, deps, conversation.alias);
  const visitor = await presentVisitor(c, deps, conversation.alias);
  if (conversation.visitor !== visitor) throw new Refused("not-allowed");
  if (!evenForgotten && (await deps.conversations.isForgotten(conversation.id)))
    throw new Refused("not-found");
  return conversation;
}

/** Null for an unknown id, and for an agent that is no longer configured. */
export function openConversation(
  { sealer, agents }: Pick<ProxyDeps, "sealer" | "agents">,
  id: string,
): Conversation | null {
  const text = sealer.open(label, id);
  if (text === null) return null;
  const [alias, project, session, visitor] = v.parse(sealedSchema, JSON.parse(text));
  return agents.get(alias) === project ? { id, alias, project, session, visitor } : null;
}

/** A message's id as browsers know it; it opens in its own conversation only. */
export function sealMessage({ sealer }: ProxyDeps, conversation: Conversation, message: number): string {
  return sealer.seal(`message in ${conversation.id}`, String(message));
}

/** Throws `not-found` for an id that is not of this conversation. */
export function openMessage({ sealer }: ProxyDeps, conversation: Conversation, id: string): number {
  const text = sealer.open(`message in ${conversation.id}`, id);
  if (text === null) throw new Refused("not-found");
  return Number(text);
}
