/** Authentication of a request: by the owner's identity JWT, else by the visitor's token. */
import type { Context } from "hono";
import { identityHeader, renewalHeader } from "../protocol/headers.ts";
import type { Identities } from "./identity-jwt.ts";
import { Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";
import type { Visitors } from "./visitor-token.ts";

type Guards = { visitors: Visitors; identities: Identities };

/**
 * Null without an identity and without a token that is valid for this agent; throws `not-allowed` for an invalid
 * identity, so that no page takes its visitor for signed in. An old token is answered with a fresh one in the
 * response's headers.
 */
export async function presentVisitor(
  c: Context<RequestContext>,
  { visitors, identities }: Guards,
  agent: string,
): Promise<string | null> {
  const identity = c.req.header(identityHeader);
  if (identity !== undefined) {
    const person = await identities.read(identity);
    if (person === null) throw new Refused("not-allowed", { identity: true });
    return person;
  }
  const token = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const read = token === undefined ? null : visitors.read(token, { agent, origin: c.get("origin") });
  if (read?.renewal) c.header(renewalHeader, read.renewal);
  return read?.visitor ?? null;
}
