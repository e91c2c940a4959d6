/** Visitors' tokens: signed by us, bound to the site they were given out on, good for a while. */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { derivedKey } from "./derived-key.ts";

type VisitorOptions = {
  /** At least 32 characters; whoever knows it can be any visitor. */
  secret: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** How long a token is good for, in seconds; 30 days unless told otherwise. */
  life?: number;
};

export type Visitors = {
  /** A token for this visitor, or for a new one. `origin` is null for a client that named none. */
  issue(origin: string | null, visitor?: string): { visitor: string; token: string };
  /** The visitor a token stands for; null when it is not ours, altered, expired or from another site. */
  read(token: string, origin: string | null): string | null;
};

const version = "v1";
const thirtyDays = 30 * 24 * 60 * 60;
const claims = v.object({ visitor: v.string(), origin: v.nullable(v.string()), expires: v.number() });

export function createVisitors({ secret, clock, randomBytes, life = thirtyDays }: VisitorOptions): Visitors {
  const key = derivedKey(secret, "visitor token");
  const now = () => Math.floor(clock() / 1000);

  function signature(signed: string): Buffer {
    return createHmac("sha256", key).update(signed).digest();
  }

  return {
    issue(origin, visitor = Buffer.from(randomBytes(16)).toString("base64url")) {
      const payload = JSON.stringify({ visitor, origin, expires: now() + life });
      const signed = `${version}.${Buffer.from(payload).toString("base64url")}`;
      return { visitor, token: `${signed}.${signature(signed).toString("base64url")}` };
    },

    read(token, origin) {
      const dot = token.lastIndexOf(".");
      const signed = token.slice(0, Math.max(dot, 0));
      const given = Buffer.from(token.slice(dot + 1), "base64url");
      const expected = signature(signed);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      if (!signed.startsWith(`${version}.`)) return null;
      const payload = Buffer.from(signed.slice(version.length + 1), "base64url").toString();
      const { visitor, origin: home, expires } = v.parse(claims, JSON.parse(payload));
      if (expires <= now()) return null;
      // A same-origin GET names no origin, so a missing one proves nothing either way.
      if (origin !== null && home !== null && origin !== home) return null;
      return visitor;
    },
  };
}
