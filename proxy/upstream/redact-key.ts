/** Guard of the API key: removes it from log texts, and cuts an answer that would contain it. */
import { UpstreamFailure } from "./errors.ts";
import { decoded } from "./decode-text.ts";

/** A shorter key is for tests, and may occur in normal text. */
const minKeyLength = 10;
/** Characters of the key in a row that count as the key: no normal text has them; fewer are held back. */
const tellingLength = 24;
/** Characters of the key's beginning that not even an answer's end may have. */
const suspicious = 12;

/**
 * What a key looks like: number, pipe, 40 or more letters and digits (contract section 1). The lookbehind
 * prevents that many digits in a row are read again from each of them.
 */
const keyShape = /(?<!\d)\d+(\||%7C)[A-Za-z0-9]{40,}/gi;

/** A longer text is cut before it is searched (UTF-16 units); a whole question must fit. */
const maxScrubbedLength = 65_536;

export type KeyGuard = ReturnType<typeof createKeyGuard>;

export function createKeyGuard(key: string) {
  // The part behind the pipe is enough to be worth stealing.
  const behindPipe = key.slice(key.indexOf("|") + 1);
  const secrets = [key, behindPipe].filter((secret) => secret.length >= minKeyLength);
  const starts = [...new Set(secrets.map((secret) => secret.slice(0, tellingLength)))];
  const leak = () => new UpstreamFailure("agent-unavailable", "the service sent our own key back");

  return {
    /** A text for the log: without the key, all that looks like a key, and the words to redact. */
    scrub(text: string, redact: readonly string[] = []): string {
      let clean = text.slice(0, maxScrubbedLength);
      for (const secret of secrets) clean = clean.replaceAll(secret, "[key]");
      clean = clean.replace(keyShape, "[key]");
      for (const words of redact) if (words.length >= 3) clean = clean.replaceAll(words, "[…]");
      return clean;
    },

    /** Throws when a parsed body carries the key anywhere. */
    refuseKeyIn(value: unknown): void {
      // Serialized again, so that no escape (`\u007c` for the pipe) hides the key, nor a reference (`&#124;`).
      const written = JSON.stringify(value) ?? "";
      const read = decoded(written);
      if (starts.some((start) => written.includes(start) || read.includes(start))) throw leak();
    },

    /** Watches one answer's text: returns what may go on, holds back what may become the key. */
    watch() {
      let held = "";
      return {
        pass(piece: string): string {
          const text = held + piece;
          if (starts.some((start) => text.includes(start))) throw leak();
          const keep = Math.max(0, ...starts.map((start) => overlap(text, start)));
          held = text.slice(text.length - keep);
          return text.slice(0, text.length - keep);
        },
        /** What was held back; call it when no more text can come. */
        rest(): string {
          if (held.length >= suspicious) throw leak();
          const rest = held;
          held = "";
          return rest;
        },
      };
    },
  };
}

/** Number of characters at the text's end that start the word. */
function overlap(text: string, word: string): number {
  const first = word.charAt(0);
  const from = Math.max(0, text.length - word.length + 1);
  // Runs for each piece of each answer, so it compares only where the word's first letter is.
  for (let at = text.indexOf(first, from); at >= 0; at = text.indexOf(first, at + 1)) {
    if (word.startsWith(text.slice(at))) return text.length - at;
  }
  return 0;
}
