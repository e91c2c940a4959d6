/** Answers as agents write them, with every kind of markup. For tests only. */

export const answers: readonly string[] = [
  "Hello! **Bold words** and *leaning ones*, ***both***, __also bold__ and _leaning_; `code here` and ~~gone~~.\n",
  "A list:\n\n- one\n- **two**: with `code`\n  - nested *item*\n  - another\n\n- loose\n\n  second paragraph\n",
  "1. first\n2. second\n   1. inner\n10. tenth\n\nAfter.",
  "# Title\n\n## Section *two* ##\n\nText\n\nSetext\n======\n\nOther\n---\n\nRule:\n\n---\n\n***\n\nend",
  "```js\nconst a = `x`;\n\n// **not bold**\n```\n\nand\n\n~~~\n``` inside\n~~~\n\n    indented code\n\ntext",
  "| Name | Price |\n|:-----|------:|\n| `a|b` | $5 |\n| **c** | [d](https://a.example/e) |\n\nAfter the table.",
  "Intro:\n| a | b |\n|---|---|\n| 1 | 2 |\n\nHead | Other\n--- | ---\nx | y\n",
  'See [the docs](https://a.example/docs "Title"), [nested **bold** text](<https://a.example/a b>) and ![a chart](https://a.example/c.png).',
  "As said [1], and [2][3]. Also [^4].\n\nSee <https://a.example/x_y> or https://a.example/path_(x)?q=1&r=2. Mail me@a.example.",
  "> quoted **bold**\n> - list in quote\n>   more\n>\n> > deeper\n\nlazy\n> x\ncontinued",
  "- [ ] open task\n- [x] done **task**\n- [X] also\n\n* star\n+ plus\n",
  "Escapes: \\*not\\*, 5 * 3 = 15, a_b_c, snake_case_name, C#, $5, AT&amp;T &copy; &#39;x&#39; x < y && y > z; line\\\nbroken  \nhard<br>break.",
  '[Ref text][ref] and [collapsed][] end.\n\n[ref]: https://a.example/ref "T"\n[collapsed]: <https://a.example/c>\n',
  "**Note:** Text with **bold `code` inside** and *em **strong em** em*.\n\n1) paren\n2) list\n",
  "日本語の**「引用」**もあり、*強調*と[リンク](https://a.example/語)。请看https://a.example/b。😀 **😀** done\n",
  "Steps:\n\n1. Open `Settings`\n\n   ```bash\n   npm install\n   ```\n\n2. Done\n\n| x |\n|---|\n| y |",
  "Line one\nline two **bold\nover lines** and [link\ntext](https://a.example)\n\n--- not a rule\n\n-not a list\n\n#notheading\n",
  '``code with ` tick`` and ``` three ``` plus `a``b`.\n\n**bold**text *a*b **a**, (**b**). "**c**"',
  "Text[link](https://a.example)more ![](https://a.example/p.png) [![alt](https://a.example/i.png)](https://a.example/l)",
  "***\nBold start: ***all*** **bold*em*bold** *em**bold**em*\n\n* * *\n\n- - -\n",
];
