/** Secrets of first turns: a request without a token joins such a turn by its secret; only a digest is stored. */
import { createHmac } from "node:crypto";
import { derivedKey } from "../crypto/derive-key.ts";
import { Refused } from "../http/errors.ts";

/** At least the 22 letters that 128 bits need in base64url; a UUID fits too. */
const form = /^[\w-]{22,128}$/;

/**
 * The digest of a secret; empty when none was sent, and then no request can join. Throws `bad-request` for an invalid
 * secret.
 */
export type TurnSecrets = (given: string | undefined) => string;

/** Keyed, so that a reader of stored digests cannot try out secrets. */
export function createTurnSecrets(secret: string): TurnSecrets {
  const key = derivedKey(secret, "turn secret");
  return (given) => {
    if (given === undefined) return "";
    if (!form.test(given)) throw new Refused("bad-request");
    return createHmac("sha256", key).update(given).digest("base64url");
  };
}
