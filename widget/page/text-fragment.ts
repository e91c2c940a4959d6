/** Text fragments: addresses that browsers open at a passage. */
import type { PendingJump } from "./pending-jump.ts";

/** A sentence of more words is named by its first and last ones, so that a small difference in between does no harm. */
const maxWholeWords = 12;
const endWords = 5;
const maxDirectives = 3;

const encoded = (words: readonly string[]) => encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");

function directiveFor(sentence: string): string {
  // What stands around a sentence, such as quotes and full stops, is often not the same on the page.
  const words = sentence.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").split(/\s+/);
  if (words.length < 3) return "";
  return words.length <= maxWholeWords
    ? `text=${encoded(words)}`
    : `text=${encoded(words.slice(0, endWords))},${encoded(words.slice(-endWords))}`;
}

/** The address with the directives behind it; as it was when there is nothing to look for. */
export function withFragment(address: string, { said, about }: PendingJump): string {
  const sentences = about === null ? said : [...said, about];
  const directives = sentences.map(directiveFor).filter(Boolean).slice(0, maxDirectives).join("&");
  const url = new URL(address);
  if (!directives || url.hash.includes(":~:")) return address;
  url.hash = `${url.hash}:~:${directives}`;
  return url.href;
}
