/** Visitor tokens: signed, bound to an agent and a site, renewed while they are used. */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { derivedKey } from "../crypto/derive-key.ts";
import { isPerson } from "./identity-jwt.ts";
import { createLru } from "../crypto/lru.ts";

type VisitorOptions = {
  /** At least 32 characters; with it, anyone can issue tokens. */
  secret: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** Lifetime of a token in days; default 30. */
  days?: number;
};

/** Where a token is good: `agent` is an alias, `origin` is null for a client that named none. */
type TokenPlace = { agent: string; origin: string | null };

export type Visitors = {
  /** A token for this visitor, or for a new one; never called for persons, who come with their identity. */
  issue(given: TokenPlace & { visitor?: string | undefined }): { visitor: string; token: string };
  /**
   * The visitor of a token, and a fresh token once it is half through its life or a day old; null when it was not
   * issued here, was altered, has expired, or is for another agent or site. Never throws.
   */
  read(token: string, here: TokenPlace): { visitor: string; renewal: string | null } | null;
};

const version = "v2";
const day = 24 * 60 * 60;
/** Longer than any valid token, and not worth hashing. */
const maxTokenLength = 2048;
/** Cached tokens whose signatures were verified; everything else about them is checked each time. */
const maxRemembered = 5000;
const claims = v.object({
  visitor: v.string(),
  agent: v.string(),
  origin: v.nullable(v.string()),
  issued: v.number(),
  expires: v.number(),
});

export function createVisitors({ secret, clock, randomBytes, days = 30 }: VisitorOptions): Visitors {
  const key = derivedKey(secret, "visitor token");
  const life = days * day;
  const signedByUs = createLru<v.InferOutput<typeof claims>>(maxRemembered);
  const now = () => Math.floor(clock() / 1000);

  function signature(signed: string): Buffer {
    // Compared as it is written, so that the spare bits of its last letter cannot give one token two spellings.
    return Buffer.from(createHmac("sha256", key).update(signed).digest("base64url"));
  }

  const issue: Visitors["issue"] = ({ agent, origin, visitor: known }) => {
    const visitor = known ?? Buffer.from(randomBytes(16)).toString("base64url");
    const issued = now();
    const payload = JSON.stringify({ visitor, agent, origin, issued, expires: issued + life });
    const signed = `${version}.${Buffer.from(payload).toString("base64url")}`;
    return { visitor, token: `${signed}.${signature(signed).toString()}` };
  };

  function verified(token: string): v.InferOutput<typeof claims> | null {
    const dot = token.lastIndexOf(".");
    if (token.length > maxTokenLength || dot === -1) return null;
    const signed = token.slice(0, dot);
    const given = Buffer.from(token.slice(dot + 1));
    const expected = signature(signed);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    if (!signed.startsWith(`${version}.`)) return null;
    const payload = Buffer.from(signed.slice(version.length + 1), "base64url").toString();
    return v.parse(claims, JSON.parse(payload));
  }

  return {
    issue,

    read(token, { agent, origin }) {
      const claimed = signedByUs.get(token, () => verified(token));
      if (!claimed) return null;
      const { visitor, agent: itsAgent, origin: home, issued, expires } = claimed;
      // Shortening VISITOR_DAYS also shortens tokens that were issued before.
      if (Math.min(expires, issued + life) <= now() || itsAgent !== agent) return null;
      // A same-origin GET names no origin, so a missing one proves nothing either way.
      if (origin !== null && home !== null && origin !== home) return null;
      // A token never authenticates a person; only the owner's site can.
      if (isPerson(visitor)) return null;
      const isOld = now() - issued >= Math.min(day, life / 2);
      return { visitor, renewal: isOld ? issue({ agent, origin: home, visitor }).token : null };
    },
  };
}
