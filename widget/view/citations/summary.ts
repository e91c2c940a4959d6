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
  const said = plain(text);
  const isOfSite = all.some((other) => other !== citation && plain(other.description ?? "") === said);
  return said.length < fewestSigns || isOfSite || plain(citation.title).includes(said) ? null : text;
}
