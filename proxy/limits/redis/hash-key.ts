/** Keyed hash that hides visitors and addresses in Redis' keys. */
import { createHmac } from "node:crypto";
import { derivedKey } from "../../crypto/derive-key.ts";

/** A short keyed hash; every instance with the same secret gets the same one. */
export function createKeyHash(secret: string): (text: string) => string {
  const key = derivedKey(secret, "limit keys");
  return (text) => createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);
}
