/** Links whose address was written with spaces in it, as agents write the names of files. */
import { describe, expect, it } from "vitest";
import { createMarkdownParser, parseMarkdown } from "./parser.ts";
import type { Inline } from "./types.ts";
import { toHtml } from "./testing/html.ts";

const html = (markdown: string) => toHtml(parseMarkdown(markdown)).replace(/^<p>|<\/p>$/g, "");
const hrefs = (inlines: readonly Inline[]): (string | null)[] =>
  inlines.flatMap((inline) => (inline.kind === "link" ? inline.href : []));

describe("an address with spaces", () => {
  it.each([
    ["[a](https://e.example/my file.pdf).", "https://e.example/my%20file.pdf", "."],
    [
      "[a](https://e.example/Price List (2026).pdf) now",
      "https://e.example/Price%20List%20(2026).pdf",
      " now",
    ],
    ["[a](https://e.example/q?s=red shoes&n=2) (b)", "https://e.example/q?s=red%20shoes&#38;n=2", " (b)"],
    ["[a](https://e.example/تقرير.pdf x)", "https://e.example/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf%20x", ""],
    ["[a](https://e.example/价格 表.pdf)。", "https://e.example/%E4%BB%B7%E6%A0%BC%20%E8%A1%A8.pdf", "。"],
    ["[a](mailto:b@c.example?subject=Hello World)", "mailto:b@c.example?subject=Hello%20World", ""],
    ["[a](tel:+49 30 1234)", "tel:+49 30 1234", ""],
    ["[a](<https://e.example/a b.pdf>)", "https://e.example/a%20b.pdf", ""],
  ])("is a link in %j", (markdown, href, after) => {
    expect(html(markdown)).toBe(`<a href="${href}">a</a>${after}`);
  });

  it("may have a title behind it, and be in a list, a cell, or of a picture", () => {
    expect(html('[a](https://e.example/a b.pdf "T (x)" )')).toBe(
      '<a href="https://e.example/a%20b.pdf" title="T (x)">a</a>',
    );
    expect(html("- [a](https://e.example/a b.pdf)")).toContain('href="https://e.example/a%20b.pdf"');
    expect(html("| a |\n|-|\n| [a](https://e.example/a b.pdf) |")).toContain(
      'href="https://e.example/a%20b.pdf"',
    );
    expect(html("![a](https://e.example/a b.png)")).toContain('src="https://e.example/a%20b.png"');
  });

  it.each([
    "[a](not a link at all)",
    "[a](note: this is prose)",
    "[a](see the page)",
    "[a](/my uri)",
    "[a](my file.pdf)",
    "[a](javascript:alert(1) x)",
  ])("is prose in %j", (markdown) => {
    expect(html(markdown)).toBe(markdown);
  });

  it("takes in no prose after a bare host, no open parenthesis and no other line", () => {
    for (const prose of [
      "https://e.example is great)",
      "https://e.example/a (b c.pdf",
      "https://e.example/a\nb)",
    ])
      expect(html(`[a](${prose}`)).toMatch(/^\[a\]\(/);
  });

  it("shows no bracket and is no link until it is complete", () => {
    const parser = createMarkdownParser();
    for (const unit of "See [report](https://e.example/my old (2026) file.pdf") {
      parser.push(unit);
      const [block] = parser.blocks;
      if (block?.kind !== "paragraph") continue;
      expect(JSON.stringify(block)).not.toMatch(/\[report|\(http/);
      expect(hrefs(block.inlines).filter(Boolean)).toEqual([]);
    }
    parser.push(")");
    expect(JSON.stringify(parser.blocks)).toContain("/my%20old%20(2026)%20file.pdf");
  });
});
