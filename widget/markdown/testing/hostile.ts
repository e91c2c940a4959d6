/** Answers made to hurt, by name, each of about the size asked for. */

const repeat = (text: string) => (size: number) => text.repeat(Math.ceil(size / text.length));

export const hostile: Record<string, (size: number) => string> = Object.fromEntries(
  [
    "[",
    "]",
    "![",
    "[a](",
    "[a](b",
    "[a](<b",
    "[a](https://a.b/ c ",
    '[a](https://a.b/ "c ',
    "[a](https://a.b/ (c ",
    "(https://a.b/ c ",
    "**“",
    "**。甲",
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
    "$$a^",
    "$$\n",
    "\\(a_1",
    "\\[a^",
    "\\(a\\)",
    "\\[\n",
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
