/** Key derivation: each purpose gets its own key from the one secret. */
import { hkdfSync } from "node:crypto";

/** 32 bytes for the named purpose, by HKDF-SHA256 (RFC 5869). */
export function derivedKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "customgpt-widget", purpose, 32));
}
