/** Tells the footnotes of an answer's own from those that only name one of its sources. */
import type { Citation } from "../../proxy/protocol/bodies.ts";
import { plainText } from "../markdown/plain-text.ts";
import type { Block, Inline } from "../markdown/tree.ts";
import { pageOf } from "../passage/places.ts";

/** What each footnote's label stands for: the number of a source, or null for a footnote of the answer's own. */
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

/** A footnote that says more than a source's title and address is no source, even if it links to one. */
function isSource(inlines: readonly Inline[], { title, url }: Citation): boolean {
  const page = url && pageOf(url);
  const addresses = addressesIn(inlines);
  const leads = Boolean(page) && addresses.some((address) => pageOf(address) === page);
  const words = plain(addresses.reduce((text, address) => text.replace(address, ""), plainText(inlines)));
  const name = plain(title);
  return leads ? words === "" || words.length < name.length + 40 : words !== "" && words === name;
}

export function footnotesIn(blocks: readonly Block[], citations: readonly Citation[]): Footnotes {
  const found = new Map<string, string | null>();
  for (const block of blocks) {
    if (block.kind !== "footnote" || found.has(block.label)) continue;
    const [only, ...more] = block.blocks;
    const inlines = only?.kind === "paragraph" && more.length === 0 ? only.inlines : [];
    const source = citations.find((citation) => isSource(inlines, citation));
    found.set(block.label, source?.id ?? null);
  }
  return found;
}
