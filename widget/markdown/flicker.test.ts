/** No prefix of an answer shows raw signs that vanish later. */
import { describe, expect, it } from "vitest";
import { createMarkdownParser, parseMarkdown } from "./parser.ts";
import { plainText } from "./inlines/plain-text.ts";
import { answers } from "./testing/corpus.ts";
import type { Block } from "./types.ts";

/** All a visitor can read of the blocks. */
function seen(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if ("inlines" in block) return plainText(block.inlines);
      if ("blocks" in block) return seen(block.blocks);
      if (block.kind === "list") return block.items.map((item) => seen(item.blocks)).join("\n");
      if (block.kind === "table") {
        return [block.head, ...block.rows.map((row) => row.cells)]
          .map((cells) => cells.map((cell) => plainText(cell)).join("\n"))
          .join("\n");
      }
      return "text" in block ? block.text : "";
    })
    .join("\n");
}

const signs = /[^\p{L}\p{N}\s]/gu;

function count(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [sign] of text.matchAll(signs)) found.set(sign, (found.get(sign) ?? 0) + 1);
  return found;
}

/** The signs that a prefix shows more often than the finished answer does. */
function flicker(text: string): string[] {
  const end = count(seen(parseMarkdown(text)));
  const parser = createMarkdownParser();
  const found: string[] = [];
  for (let at = 0; at < text.length; at++) {
    parser.push(text[at] ?? "");
    for (const [sign, times] of count(seen(parser.blocks))) {
      if (times > (end.get(sign) ?? 0)) found.push(`${sign} in ${JSON.stringify(seen(parser.blocks))}`);
    }
  }
  return found;
}

describe("a growing answer", () => {
  it.each(answers)("shows no character that disappears later: %j", (text) => {
    expect(flicker(text)).toEqual([]);
  });

  it.each([
    ["a **bo", "a bo"],
    ["a `co", "a co"],
    ["a [te", "a te"],
    ["a [text](htt", "a text"],
    ["[a [b [c", "a b c"],
    ["[a [b [c]", "a b c"],
    ["![a [b](https://b.example) c", "a b c"],
    ['[a]: /b\n"c" d', '"c" d'],
    ["[a\\\\", ""],
    ["| a", "a"],
    ["###", ""],
    ["1.", ""],
    ["1. ", ""],
    ["---", ""],
    ["-", ""],
    ["```js", ""],
    ["a\n--", "a"],
    ["a *", "a"],
    ["a !", "a"],
    ["a &am", "a"],
    ["a <https://exam", "a"],
    ["a [1", "a"],
    ["a ![pict", "a pict"],
    ["[x]: ht", ""],
    ["- [ ", ""],
    ["- [x] ", ""],
    ["a\\", "a"],
    ["a **b *c", "a b c"],
    ["[text][re", "text"],
    ["[text][ref] and\n\nmore", "text and\nmore"],
    ["see [the paper][1] and", "see the paper and"],
    ["see ![the chart][1] and", "see the chart and"],
    ["Dear [Your Name], and [Your Name]:", "Dear [Your Name], and [Your Name]:"],
    ["[2][3] and", "[2][3] and"],
    ["[sic][^1] and", "[sic][^1] and"],
    ["API**“引", "API“引"],
    ["5 * 3 a_b C# $5 ", "5 * 3 a_b C# $5"],
    ["about ~5 and", "about ~5 and"],
  ])("of %j shows %j", (text, expected) => {
    const parser = createMarkdownParser();
    parser.push(text);
    expect(seen(parser.blocks).trim()).toBe(expected);
  });

  it("is no link while its address may still grow", () => {
    const parser = createMarkdownParser();
    for (const piece of ["see https://a", ".", "example/b?c,", "d", "&amp;"]) {
      parser.push(piece);
      expect(JSON.stringify(parser.blocks)).toContain('"href":null');
    }
    parser.push(". So");
    expect(JSON.stringify(parser.blocks)).toContain('"href":"https://a.example/b?c,d"');
  });

  it("shows a marker as one also within brackets that may never become a link", () => {
    const parser = createMarkdownParser();
    parser.push("[a [1] b");
    expect(JSON.stringify(parser.blocks)).toContain('"kind":"marker"');
    parser.push("](https://a.example)");
    expect(seen(parser.blocks)).toBe("a [1] b");
    expect(JSON.stringify(parser.blocks)).not.toContain('"kind":"marker"');
  });

  it("shows at its end all that was withheld", () => {
    expect(seen(parseMarkdown("a **bo"))).toBe("a **bo");
    expect(seen(parseMarkdown("As [Your Name][1] says."))).toBe("As [Your Name][1] says.");
    expect(seen(parseMarkdown("[text][ref] `co\n\nHello!"))).toBe("[text][ref] `co\nHello!");
  });
});
