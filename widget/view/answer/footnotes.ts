/** Footnotes of an answer: real ones, and those that only name one of its sources. */
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { plainText } from "../../markdown/inlines/plain-text.ts";
import type { Block, Inline } from "../../markdown/types.ts";
import { pageKey } from "../../page/urls.ts";

/** Meaning of each footnote's label: the number of a source, or null for a real footnote. */
export type Footnotes = ReadonlyMap<string, string | null>;

export const noFootnotes: Footnotes = new Map();

const plain = (text: string) =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();

const addressesIn = (inlines: readonly Inline[]): string[] =>
  inlines.flatMap((inline) => {
    if (inline.kind === "link") return inline.href ?? [];
    return "inlines" in inline ? addressesIn(inline.inlines) : [];
  });

type Source = { readonly id: string; readonly page: string | null; readonly name: string };

const sourceOf = ({ id, title, url }: Citation): Source => ({
  id,
  page: url && pageKey(url),
  name: plain(title),
});

/** Whether a footnote is so long that it is parsed in runs; then it does not name a source. */
export function isLong([first]: readonly Block[]): boolean {
  return first?.kind === "paragraph" && first.inlines[0]?.kind === "run";
}

/** A footnote with more than a source's title and URL does not name a source, even if it links to one. */
function sourceIn(inlines: readonly Inline[], sources: readonly Source[]): Source | undefined {
  const text = plainText(inlines);
  const addresses = addressesIn(inlines);
  const words = plain(addresses.reduce((text, address) => text.replace(address, ""), text));
  const pages = addresses.map((address) => pageKey(address));
  return sources.find(({ page, name }) =>
    page && pages.includes(page)
      ? words === "" || words.length < name.length + 40
      : words !== "" && words === name,
  );
}

export function footnotesIn(blocks: readonly Block[], citations: readonly Citation[]): Footnotes {
  const sources = citations.map(sourceOf);
  const found = new Map<string, string | null>();
  for (const block of blocks) {
    if (block.kind !== "footnote" || found.has(block.label)) continue;
    const [only, ...more] = block.blocks;
    const isShort = more.length === 0 && !isLong(block.blocks);
    const inlines = only?.kind === "paragraph" && isShort ? only.inlines : [];
    found.set(block.label, sourceIn(inlines, sources)?.id ?? null);
  }
  return found;
}
