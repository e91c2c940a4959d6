/** What is coloured in code, in each language that has colours. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, readColor } from "../../../options/color.ts";
import { tokensIn } from "./tokenize.ts";
import { knownLanguage, type Language } from "./languages.ts";

const found = (code: string, language: Language) =>
  tokensIn(code, language).map(({ kind, start, end }) => `${kind} ${code.slice(start, end)}`);

describe("code", () => {
  it.each<[Language, string, string[]]>([
    [
      "script",
      'const a = load("x", 1.5); // why\nif (a) return `b${c}\n`',
      [
        "keyword const",
        "name load",
        'string "x"',
        "number 1.5",
        "comment // why",
        "keyword if",
        "keyword return",
        "string `b${c}\n`",
      ],
    ],
    [
      "script",
      "let url = 'http://a' /* all\nof it */ + 0xFF",
      ["keyword let", "string 'http://a'", "comment /* all\nof it */", "number 0xFF"],
    ],
    ["php", '$name = ask("a"); # why', ["name $name", "name ask", 'string "a"', "comment # why"]],
    [
      "python",
      'def ask(x):\n  """All\n  of it"""\n  return None # why',
      [
        "keyword def",
        "name ask",
        'string """All\n  of it"""',
        "keyword return",
        "keyword None",
        "comment # why",
      ],
    ],
    [
      "shell",
      "# why\nif curl --data 'x' \"$HOME\" $TOKEN 5; then",
      [
        "comment # why",
        "keyword if",
        "name --data",
        "string 'x'",
        'string "$HOME"',
        "name $TOKEN",
        "number 5",
        "keyword then",
      ],
    ],
    [
      "sql",
      "select count(*) FROM a WHERE b = 'c' -- why",
      ["keyword select", "name count", "keyword FROM", "keyword WHERE", "string 'c'", "comment -- why"],
    ],
    [
      "markup",
      '<!-- why --><a href="b">c &amp; d</a>',
      [
        "comment <!-- why -->",
        "keyword <a",
        "name href",
        'string "b"',
        "keyword >",
        "number &amp;",
        "keyword </a",
        "keyword >",
      ],
    ],
    [
      "css",
      "/* why */ .a { color: #ff0000; margin: 4px } @media x",
      ["comment /* why */", "name color", "number #ff0000", "name margin", "number 4px", "keyword @media"],
    ],
    [
      "css",
      "a { background: url(https://a.example/b.png) } // why",
      ["name background", "name url", "comment // why"],
    ],
    [
      "json",
      '{"a": "b", "c": [1, true]}',
      ['name "a"', 'string "b"', 'name "c"', "number 1", "keyword true"],
    ],
  ])("in %s is told apart: %j", (language, code, expected) => {
    expect(found(code, language)).toEqual(expected);
  });

  it("is known by the names that people write", () => {
    expect(
      ["js", "TSX", "Bash", "html", "py", "constructor", "", null].map((name) => knownLanguage(name)),
    ).toEqual(["script", "script", "shell", "markup", "python", null, null, null]);
  });

  it("that means harm costs in proportion to its length", () => {
    const pieces = [
      '"',
      "'",
      "`",
      '"\\"',
      "/*",
      "${",
      "<!--",
      "<a ",
      "a",
      "1",
      "_",
      "#",
      "'''",
      '="',
      "a:",
      "- ",
    ];
    for (const language of ["script", "php", "python", "shell", "sql", "markup", "css", "json"] as const)
      for (const piece of pieces) {
        const code = piece.repeat(30_000 / piece.length);
        const before = process.cpuUsage().user;
        tokensIn(code, language);
        expect((process.cpuUsage().user - before) / 1000, `${language} ${piece}`).toBeLessThan(1500);
      }
  });
});

describe("the colours of code", () => {
  const css = readFileSync("widget/view/answer/code/highlight.css", "utf8");
  it.each(["string", "number", "keyword", "name"])("can be read: %s", (kind) => {
    const [, light = "", dark = ""] =
      new RegExp(`--cgw-code-${kind}: var\\(--cgw-if-light, (#\\w+)\\) var\\(--cgw-if-dark, (#\\w+)\\)`).exec(
        css,
      ) ?? [];
    const pairs = [
      [light, "#f7f7f8"],
      [dark, "#202226"],
    ] as const;
    for (const [text, ground] of pairs) {
      const [one, other] = [readColor(text), readColor(ground)];
      expect(one && other && contrast(one, other), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});
