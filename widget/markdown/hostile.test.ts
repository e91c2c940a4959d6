/** Answers made to hurt: they cost in proportion to their length, stay shallow, and throw nothing. */
import { describe, expect, it } from "vitest";
import { createMarkdownParser, parseMarkdown } from "./parser.ts";

const repeat = (text: string) => (size: number) => text.repeat(Math.ceil(size / text.length));

const hostile: Record<string, (size: number) => string> = Object.fromEntries(
  [
    "[",
    "]",
    "![",
    "[a](",
    "[a](b",
    "[a](<b",
    '[a](b "',
    "[a]",
    "[a][b]",
    "[1]",
    "[]()",
    "![[]()",
    "[a](((",
    "](",
    "[^1]: ",
    "*",
    "_",
    "~",
    "**a ",
    "*a **a ",
    "a**b",
    "*a_ ",
    "_a ",
    "***a**_",
    "~~a ",
    "~a",
    "* ",
    "** ",
    "*a* ",
    "`",
    "`a",
    "``a`",
    "` ``",
    "<",
    "<a",
    "<a:",
    "<a@b",
    "<br",
    "&",
    "&a;",
    "&#1",
    "&amp;",
    "\\",
    "\\\\`",
    "!",
    "\\\n",
    "a.a.a@",
    "a@a.",
    "@",
    "www.",
    "www.a.b",
    "https://",
    "https://a.b/)",
    "https://a.b/(",
    "https://a.b/&a;",
    ":",
    "#",
    "# ",
    "# #\n",
    "a #",
    "-",
    "- ",
    "-\n",
    "- a\n",
    "- a\n\n",
    "1. ",
    "1. a\n",
    "- - ",
    "> ",
    ">",
    "> a\n",
    "> - 1. ",
    "|",
    "| ",
    "|a",
    "|a|\n|-|\n",
    "|-",
    "|-|\n",
    "=",
    "a\n=\n",
    "```\n",
    "```a\n",
    "~~~",
    "    a\n",
    "\t",
    " ",
    "\n",
    "\r",
    "a\n",
    "a  \n",
    "[a]: b\n",
    "[a]: b 'c\n",
    "[a\n",
    "[a]:\n",
    "x ",
    "x",
    "😀",
    "「",
    "\0",
    "a\u202eb",
    "{",
    "$$",
    "- [ ] a\n",
    "a|b\n",
    "\\|",
    "[x](javascript:a)",
    "word **bold** `code` [l](https://a.b) ",
    "---\n",
    "***\n",
  ].map((text) => [text, repeat(text)]),
);

hostile["nested lists"] = (size) =>
  Array.from({ length: Math.sqrt(size) }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n");
hostile["wide table"] = (size) => {
  const columns = 190;
  return `|${"a|".repeat(columns)}\n|${"-|".repeat(columns)}\n${"|b\n".repeat(size / 3)}`;
};
hostile["quotes of every depth"] = (size) =>
  Array.from({ length: Math.sqrt(size) }, (_, depth) => `${">".repeat(depth)} a`).join("\n");
hostile["brackets, then ends"] = (size) => "[".repeat(size / 2) + "](a)".repeat(size / 8);
hostile["openers, then closers"] = (size) => "*a ".repeat(size / 6) + " a*".repeat(size / 6);
hostile["runs of all lengths"] = (size) =>
  Array.from({ length: Math.sqrt(2 * size) }, (_, length) => "`".repeat(length)).join(" ");
hostile["references before their definitions"] = (size) => {
  const many = Array.from({ length: size / 20 }, (_, index) => index);
  return `${many.map((index) => `[r${index}][]`).join(" ")}\n\n${many.map((index) => `[r${index}]: /a`).join("\n")}`;
};
hostile["one long list"] = repeat("- an item with **bold** words\n");
hostile["one long table"] = (size) => `| a | b |\n|---|---|\n${repeat("| **cell** | `code` |\n")(size)}`;
hostile["one long code block"] = (size) => `\`\`\`js\n${repeat("let a = 1;\n")(size)}`;
hostile["one long heading"] = (size) => `# ${repeat("word *word* ")(size)}`;
hostile["one long cell"] = (size) => `| a |\n|-|\n| ${repeat("word *word* ")(size)}`;
hostile["one long unclosed emphasis"] = (size) => `**${repeat("word ")(size)}`;

function whole(text: string): void {
  parseMarkdown(text);
}

function pieces(text: string): void {
  const parser = createMarkdownParser();
  for (let at = 0; at < text.length; at += 512) {
    parser.push(text.slice(at, at + 512));
    void parser.blocks;
  }
  parser.end();
  void parser.blocks;
}

/** Of the processor, not of the clock: the machine may be busy with other things. */
function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Four times the text costs four times as much, sixteen times if by the square; between the two lies noise. */
const mostGrowth = 11;

/** How much more four times the text costs; what is too quick to measure counts as linear. */
function growth(make: (size: number) => string, read: (text: string) => void, size: number): number {
  const small = make(size);
  const large = make(size * 4);
  let least = Infinity;
  for (let attempt = 0; attempt < 6 && least > mostGrowth; attempt++) {
    const long = milliseconds(() => read(large));
    if (long < 60) return 4;
    const short = Math.min(
      milliseconds(() => read(small)),
      milliseconds(() => read(small)),
    );
    least = Math.min(least, long / short);
  }
  return least;
}

function depth(value: unknown): number {
  let level: readonly unknown[] = [value];
  let found = 0;
  for (; level.length; found++) {
    level = level.flatMap((each) => (typeof each === "object" && each ? Object.values(each) : []));
  }
  return found;
}

describe("a hostile answer", { timeout: 60_000 }, () => {
  it.each(Object.entries(hostile))("of %j costs in proportion when read whole", (_, make) => {
    expect(growth(make, whole, 8000)).toBeLessThan(mostGrowth);
  });

  it.each(Object.entries(hostile))("of %j costs in proportion when read in pieces", (_, make) => {
    expect(growth(make, pieces, 5000)).toBeLessThan(mostGrowth);
  });

  it.each(Object.entries(hostile))("of %j makes a shallow tree", (_, make) => {
    expect(depth(parseMarkdown(make(8000)))).toBeLessThan(400);
  });

  it("of a million brackets is read", () => {
    expect(parseMarkdown("[".repeat(1_000_000))).toHaveLength(1);
  });

  it("cannot reach what every object has", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "valueOf"];
    for (const name of names) {
      expect(parseMarkdown(`[${name}] [a][${name}] &${name};`)).toEqual([
        { key: 1, kind: "paragraph", inlines: [{ kind: "text", text: `[${name}] [a][${name}] &${name};` }] },
      ]);
    }
  });

  it("of more columns than anybody reads is no table", () => {
    expect(parseMarkdown(`${"|a".repeat(300)}\n${"|-".repeat(300)}`)[0]?.kind).toBe("paragraph");
  });
});
