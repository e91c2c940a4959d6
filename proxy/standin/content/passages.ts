/** Passages of a page: the text below one heading, not longer than an answer may be. */
import { joined, type Block } from "./block-markdown.ts";
import type { PageText } from "./page-text.ts";

export type Passage = {
  /** Heading above the passage; the page's title above the first heading. */
  heading: string;
  /** The headings above that one, outermost first. */
  above: string[];
  markdown: string;
  words: string;
  /** 0 for the page's first passage. */
  position: number;
};

/** Characters after which the next paragraph starts a new passage. */
const fullAt = 650;

export function passagesOf(page: PageText): Passage[] {
  const passages: Passage[] = [];
  let trail: Block[] = [];
  let gathered: Block[] = [];
  const end = () => {
    const words = gathered.map((block) => block.words).join("\n");
    if (words.trim() !== "") {
      const path = trail.map((block) => block.words);
      passages.push({
        heading: path.at(-1) ?? page.title,
        above: path.slice(0, -1),
        markdown: joined(gathered),
        words,
        position: passages.length,
      });
    }
    gathered = [];
  };
  for (const block of page.blocks) {
    if (block.kind === "heading") {
      end();
      trail = [...trail.filter((heading) => heading.level < block.level), block];
      continue;
    }
    // A list or code block stays with the text that introduces it, however long both are.
    const size = gathered.reduce((sum, before) => sum + before.words.length, 0);
    const introduced = gathered.at(-1)?.words.endsWith(":") ?? false;
    if (block.kind === "text" && !introduced && size + block.words.length > fullAt && gathered.length > 0)
      end();
    gathered.push(block);
  }
  end();
  return passages;
}
