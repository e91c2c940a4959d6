/** Encryption of values that browsers may hold but not read: session ids, message ids, image addresses. */
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { derivedKey } from "./derive-key.ts";
import { createLru } from "./lru.ts";

export type Sealer = {
  /**
   * Encrypts a text as base64url. The same text and label give the same result, so that a conversation keeps one id.
   * `label` says what the text is and what it belongs to; only the same label decrypts it.
   */
  seal(label: string, text: string): string;
  /** The text, or null for anything this sealer did not make under this label. */
  open(label: string, sealed: string): string | null;
};

const nonceLength = 12;
const tagLength = 16;
/** Longer than any sealed text, and not worth decoding. */
const maxSealLength = 8192;
/** Cache of opened texts: each request of a conversation carries its id. A few kilobytes each at most. */
const maxRemembered = 2000;

/**
 * AES-256-GCM whose nonce is an HMAC of label and text. A nonce then only repeats when the whole message repeats,
 * which reveals no more than that (the idea of RFC 5297's synthetic nonce).
 */
export function createSealer(secret: string): Sealer {
  const cipherKey = derivedKey(secret, "sealed id cipher");
  const nonceKey = derivedKey(secret, "sealed id nonce");
  const opened = createLru<string>(maxRemembered);

  function seal(label: string, text: string): string {
    const nonce = createHmac("sha256", nonceKey)
      .update(`${label.length}:${label}${text}`)
      .digest()
      .subarray(0, nonceLength);
    const cipher = createCipheriv("aes-256-gcm", cipherKey, nonce, { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(label));
    const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString("base64url");
  }

  function open(label: string, sealed: string): string | null {
    if (sealed.length > maxSealLength || !/^[\w-]+$/.test(sealed)) return null;
    const bytes = Buffer.from(sealed, "base64url");
    // Spare bits in the last letter would give one thing several ids; only the canonical writing counts.
    if (bytes.length < nonceLength + tagLength || bytes.toString("base64url") !== sealed) return null;
    const nonce = bytes.subarray(0, nonceLength);
    const decipher = createDecipheriv("aes-256-gcm", cipherKey, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(label));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    try {
      const hidden = bytes.subarray(nonceLength, -tagLength);
      return Buffer.concat([decipher.update(hidden), decipher.final()]).toString("utf8");
    } catch {
      return null;
    }
  }

  return {
    seal,
    // No seal has a space in it.
    open: (label, sealed) => opened.get(`${sealed} ${label}`, () => open(label, sealed)),
  };
}
