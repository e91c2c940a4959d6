/** Choice of summaries: a source's summary is shown only if title and other sources do not say the same. */
import type { Citation } from "../../../proxy/protocol/bodies.ts";

const fewestSigns = 20;

const plain = (text: string) =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();

export function summaryOf(citation: Citation, all: readonly Citation[]): string | null {
  const text = citation.description?.replace(/\s+/g, " ").trim() ?? "";
  const words = plain(text);
  const isOfSite = all.some((other) => other !== citation && plain(other.description ?? "") === words);
  return words.length < fewestSigns || isOfSite || plain(citation.title).includes(words) ? null : text;
}
