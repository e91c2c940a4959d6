/** Text fragments: URLs that browsers open at a passage. */
import type { PendingJump } from "./pending-jump.ts";

/** A longer sentence is given by its first and last words, so that a small difference in between does no harm. */
const maxWholeWords = 12;
const endWords = 5;
const maxDirectives = 3;

const encoded = (words: readonly string[]) => encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");

function directiveFor(sentence: string): string {
  // Characters around a sentence, such as quotes and full stops, often differ on the page.
  const words = sentence.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").split(/\s+/);
  if (words.length < 3) return "";
  return words.length <= maxWholeWords
    ? `text=${encoded(words)}`
    : `text=${encoded(words.slice(0, endWords))},${encoded(words.slice(-endWords))}`;
}

/** The URL with text directives appended; unchanged when there are no words to search for. */
export function withFragment(address: string, { said, about }: PendingJump): string {
  const sentences = about === null ? said : [...said, about];
  const directives = sentences.map(directiveFor).filter(Boolean).slice(0, maxDirectives).join("&");
  const url = new URL(address);
  if (!directives || url.hash.includes(":~:")) return address;
  url.hash = `${url.hash}:~:${directives}`;
  return url.href;
}
