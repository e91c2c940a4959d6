/** Sentences of an answer that a citation supports, to be found on the source's page. */

const blocks = "p, tr, h3, h4, h5, h6";
const maxSentences = 12;
const minWords = 4;

/** A block's text without the chat's own additions, up to the marker, or complete. */
function textAround(block: Element, marker: Element | null): { before: string; after: string } {
  const words = { before: "", after: "" };
  let side: "before" | "after" = "before";
  const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node === marker) side = "after";
    if (node instanceof Text && !node.parentElement?.closest("sup, .unseen, .leads-to"))
      words[side] += node.data;
    if (node instanceof Element && node.matches("td, th, br")) words[side] += " ";
  }
  return words;
}

function sentencesOf(text: string): string[] {
  return text
    .replace(/\s+/g, " ")
    .split(/(?<=[.!?…])\s+|(?<=[。！？])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function sentenceAt(marker: Element): readonly string[] {
  const block = marker.closest(blocks);
  if (!block) return [];
  const { before, after } = textAround(block, marker);
  // A marker follows the text that it supports, in its sentence or after it; at the start of a block it precedes it.
  return sentencesOf(before)
    .slice(-1)
    .concat(before.trim() ? [] : sentencesOf(after).slice(0, 1));
}

/** `clicked` is the marker or card of the source with this number. Without markers the whole answer is used. */
export function quotesFor(clicked: Element, number: string): string[] {
  const answer = clicked.closest(".message")?.querySelector("[part=answer]");
  const markers = clicked.matches(".marker")
    ? [clicked]
    : [...(answer?.querySelectorAll(`.marker[data-number="${number}"]`) ?? [])];
  const marked = markers.flatMap(sentenceAt);
  if (marked.length > 0) return [...new Set(marked)].slice(0, maxSentences);
  // The cells of a row are not a sentence of the source, and headings say little.
  return [...(answer?.querySelectorAll("p") ?? [])]
    .flatMap((block) => sentencesOf(textAround(block, null).before))
    .filter((sentence) => sentence.split(" ").length >= minWords)
    .slice(0, maxSentences);
}
