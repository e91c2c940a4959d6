/** TeX formulas, of which nothing may be lost, and what only looks like one. */
import { describe, expect, it } from "vitest";
import { createMarkdownParser, parseMarkdown } from "../parser.ts";
import { toHtml } from "../testing/html.ts";

const html = (markdown: string) => toHtml(parseMarkdown(markdown));
const code = (text: string) => `<code>${text}</code>`;

describe("a formula is shown as it was written", () => {
  it.each([
    "\\(a_1\\)",
    "\\( x \\)",
    "\\(n!\\)",
    "\\((x, y)\\)",
    "\\(a*b*c\\)",
    "\\(E = mc^2\\)",
    "\\(\\frac{a}{b}\\)",
    "\\[\\frac{a}{b}\\]",
    "\\[ x = 1,\ny = 2 \\]",
    "\\[ a_{ij} \\\\ b \\]",
    "$$x \\\\ y$$",
    "$$a^2 + b^2 = c^2$$",
    "\\(速度 = 距离 / 时间\\)",
  ])("%j", (formula) => {
    expect(html(`See ${formula}.`)).toBe(`<p>See ${code(formula)}.</p>`);
    expect(html(`| a |\n|-|\n| **${formula.replaceAll("\n", " ")}** |`)).toContain(
      `<strong>${code(formula.replaceAll("\n", " "))}</strong>`,
    );
  });

  it.each([
    ["\\[\na\n=\n+ b\n- c_1\n\\]", "\\]"],
    ["$$\n\\begin{aligned}\na &= b \\\\\n# c\n\\end{aligned}\n$$", "$$"],
    ["\\[\n  x^2 \\]", "\\]"],
  ])("over lines, whatever they begin with: %j", (formula) => {
    const block = { kind: "code", language: null, text: `${formula}\n`, open: false };
    expect(parseMarkdown(`Text:\n${formula}\nafter`)).toMatchObject([
      { kind: "paragraph" },
      block,
      { kind: "paragraph" },
    ]);
    expect(parseMarkdown(formula)).toMatchObject([block]);
  });

  it("in a list and a quote", () => {
    expect(html("- a\n  $$\n  x^2\n  $$\n- b")).toContain("<pre><code>$$\nx^2\n$$\n</code></pre></li>");
    expect(html("> \\[\n> x\n> \\]")).toBe("<blockquote><pre><code>\\[\nx\n\\]\n</code></pre></blockquote>");
  });

  it("that never ends takes no more than its paragraph", () => {
    expect(html("$$\nx\n\n**bold**")).toBe("<pre><code>$$\nx\n</code></pre>\n<p><strong>bold</strong></p>");
  });
});

describe("no formula is", () => {
  it.each([
    ["It is $5 to $10, or $x$.", "It is $5 to $10, or $x$."],
    ["$$5 to $$10; $$ - $$$; $$ + $$$", "$$5 to $$10; $$ - $$$; $$ + $$$"],
    ["\\[1\\] \\[Your Name\\] \\[x\\] \\[ \\]", "[1] [Your Name] [x] [ ]"],
    ["\\(optional\\) file\\(s\\) f\\(x\\)", "(optional) file(s) f(x)"],
    ["\\[not a link](/foo) \\(a", "[not a link](/foo) (a"],
    ["\\\\(x^2\\\\)", "\\(x^2\\)"],
  ])("%j", (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });
});

it("a formula that is still being written loses no sign again", () => {
  const parser = createMarkdownParser();
  parser.push("See \\(a_1 + b");
  expect(JSON.stringify(parser.blocks)).toContain("See (a_1 + b");
  parser.push("\\) and\n$$");
  expect(JSON.stringify(parser.blocks)).toMatch(/\$\$/);
  parser.push("\nx^");
  expect(parser.blocks).toMatchObject([{ kind: "paragraph" }, { kind: "code", text: "$$\nx^", open: true }]);
});
