/** Identity JWTs, signed by the owner's site: verified, and turned into an id that does not reveal the person. */
import { createHash, createHmac } from "node:crypto";
import { decodeProtectedHeader, importSPKI, jwtVerify, type JWTVerifyOptions } from "jose";
import { LRUCache } from "lru-cache";
import { derivedKey } from "../crypto/derive-key.ts";

export type IdentityOptions = {
  /** For HS256, at least 32 characters; null takes none. */
  secret: string | null;
  /** For RS256, an RSA public key of at least 2048 bits as SPKI in PEM, judged by the settings; null takes none. */
  publicKey: string | null;
  /** Required `iss`; null accepts any, and none. */
  issuer: string | null;
  /** Required member of `aud`; null accepts any, and none. */
  audience: string | null;
  /** Hides the persons' names: the same secret gives the same ids. */
  proxySecret: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Maximum of verified identities that are cached until they expire; default 10,000. */
  max?: number;
};

export type Identities = {
  /**
   * The person's id, or null for an invalid identity: wrong key, expired, incomplete, not configured. Never rejects.
   */
  read(jwt: string): Promise<string | null>;
};

const personStart = "person:";

/** Whether a visitor is a person known by an identity, not by a token. */
export const isPerson = (visitor: string): boolean => visitor.startsWith(personStart);

/** Characters; headers beyond would not get past most servers anyway. */
const maxIdentityLength = 4096;
const maxSubjectLength = 200;
/** Seconds that two clocks may differ by. */
const tolerance = 60;
/**
 * Maximum lifetime in seconds: pages and browser logs contain identities, so they must expire. Sites make a new one for
 * each page.
 */
const maxLifetime = 24 * 60 * 60;

export function createIdentities(options: IdentityOptions): Identities {
  const { secret, publicKey, issuer, audience, proxySecret, clock, max = 10_000 } = options;
  const personKey = derivedKey(proxySecret, "person id");
  const known = new LRUCache<string, { person: string; until: number }>({ max });
  const bytes = secret === null ? null : new TextEncoder().encode(secret);
  let imported: ReturnType<typeof importSPKI> | null = null;

  async function keyFor(algorithm: unknown): Promise<Parameters<typeof jwtVerify>[1] | null> {
    // Each key works with its own algorithm only: a public key is never taken for a shared secret, nor "none" for any.
    if (algorithm === "HS256") return bytes;
    if (algorithm === "RS256" && publicKey !== null) return (imported ??= importSPKI(publicKey, "RS256"));
    return null;
  }

  async function verified(jwt: string): Promise<{ person: string; until: number } | null> {
    const { alg } = decodeProtectedHeader(jwt);
    const key = await keyFor(alg);
    if (key === null || alg === undefined) return null;
    const now = clock() / 1000;
    const rules: JWTVerifyOptions = {
      algorithms: [alg],
      requiredClaims: ["sub", "exp"],
      clockTolerance: tolerance,
      currentDate: new Date(clock()),
      ...(issuer === null ? {} : { issuer }),
      ...(audience === null ? {} : { audience }),
    };
    const { payload } = await jwtVerify(jwt, key, rules);
    const { sub, iss = "", exp = 0 } = payload;
    if (typeof sub !== "string" || sub === "" || Array.from(sub).length > maxSubjectLength) return null;
    if (exp - now > maxLifetime + tolerance) return null;
    const hidden = createHmac("sha256", personKey)
      .update(JSON.stringify([iss, sub]))
      .digest("base64url");
    return { person: personStart + hidden, until: (exp + tolerance) * 1000 };
  }

  return {
    async read(jwt) {
      if (jwt.length > maxIdentityLength || (bytes === null && publicKey === null)) return null;
      // Only a digest is stored, not the identity.
      const digest = createHash("sha256").update(jwt).digest("base64url");
      const found = known.get(digest);
      if (found && found.until > clock()) return found.person;
      known.delete(digest);
      try {
        const fresh = await verified(jwt);
        if (fresh === null) return null;
        known.set(digest, fresh);
        return fresh.person;
      } catch {
        // Any error makes it invalid; the owner's own library explains better why.
        return null;
      }
    },
  };
}
