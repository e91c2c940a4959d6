/** GitHub's additions: tables, strikethrough, task lists and autolinks; and our markers. */
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "./parser.ts";
import { gfmExamples } from "./testing/gfm-examples.ts";
import { base, normalHtml, toHtml } from "./testing/html.ts";

const html = (markdown: string) => toHtml(parseMarkdown(markdown, { base }));
const head = (...cells: string[]) =>
  `<thead><tr>${cells.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead>`;
const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
const table = (first: string, ...rows: string[]) =>
  `<table>${first}${rows.length ? `<tbody>${rows.join("")}</tbody>` : ""}</table>`;

describe("GitHub's specification", () => {
  it.each(gfmExamples)("is followed in its example of $name", ({ markdown, html: expected }) => {
    expect(normalHtml(html(markdown))).toBe(normalHtml(expected));
  });
});

describe("tables", () => {
  it.each([
    ["| a | b |\n| - | - |\n| c | d |", table(head("a", "b"), row("c", "d"))],
    ["a | b\n-|-\nc | d", table(head("a", "b"), row("c", "d"))],
    ["| a |\n|---|", table(head("a"))],
    ["| a\\|b |\n|-|\n| `c\\|d` |", table(head("a|b"), row("<code>c|d</code>"))],
    ["| a | b |\n|---|---|\n| c |\n| d | e | f |", table(head("a", "b"), row("c", ""), row("d", "e"))],
    ["| a |\n|-|\n| c |\n> q", `${table(head("a"), row("c"))}\n<blockquote><p>q</p></blockquote>`],
    ["| a |\n|-|\nc\n\nd", `${table(head("a"), row("c"))}\n<p>d</p>`],
    ["| a | b |\n|-|\n| c |", "<p>| a | b |\n|-|\n| c |</p>"],
    ["text\n| a |\n|-|", `<p>text</p>\n${table(head("a"))}`],
    ["- | a |\n  |-|\n  | b |", `<ul><li>${table(head("a"), row("b"))}</li></ul>`],
    [
      '[f]: https://e.example "T"\n| a |\n|-|\n[f]',
      table(head("a"), row('<a href="https://e.example/" title="T">f</a>')),
    ],
    ["| **a** | [b](/c) |\n|-|-|", table(head("<strong>a</strong>", `<a href="${base}c">b</a>`))],
  ])("reads %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it.each([
    ["[f]: https://e.example\n-", "<p>-</p>"],
    ["[f]: https://e.example\n:-:", "<p>:-:</p>"],
    ["[f]: https://e.example\n| - |", "<p>| - |</p>"],
    ['[f]: https://e.example\n"title"\n|-|', "<p>|-|</p>"],
    ["- [f]: https://e.example\n  -", "<ul><li>-</li></ul>"],
    ["> [f]: https://e.example\n> -|-", "<blockquote><p>-|-</p></blockquote>"],
    ["- a\n| b |\n|-|", "<ul><li>a\n| b |\n|-|</li></ul>"],
    ["a\n-", "<h2>a</h2>"],
  ])("are none without a head, as in %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it("aligns columns", () => {
    const [block] = parseMarkdown("| a | b | c | d |\n|:-|-:|:-:|-|");
    expect(block).toMatchObject({ kind: "table", align: ["left", "right", "center", null] });
  });
});

describe("strikethrough", () => {
  it.each([
    ["~~a~~ b", "<p><del>a</del> b</p>"],
    ["~a~ b", "<p><del>a</del> b</p>"],
    ["~~a **b** c~~", "<p><del>a <strong>b</strong> c</del></p>"],
    ["~~~a~~~ b", '<pre><code class="language-a~~~"></code></pre>'],
    ["x ~~~a~~~", "<p>x ~~~a~~~</p>"],
    ["~~a~", "<p>~~a~</p>"],
    ["about ~5 or ~10", "<p>about ~5 or ~10</p>"],
    ["~~a\n\nb~~", "<p>~~a</p>\n<p>b~~</p>"],
  ])("reads %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe("tasks", () => {
  const box = '<input type="checkbox" disabled=""> ';
  const ticked = '<input type="checkbox" checked="" disabled=""> ';
  it.each([
    ["- [ ] a\n- [x] b\n- c", `<ul><li>${box}a</li>\n<li>${ticked}b</li>\n<li>c</li></ul>`],
    ["1. [X] a", `<ol><li>${ticked}a</li></ol>`],
    ["- [x]a", "<ul><li>[x]a</li></ul>"],
    ["- [x](/y)", `<ul><li><a href="${base}y">x</a></li></ul>`],
    ["[ ] a", "<p>[ ] a</p>"],
    ["- a\n  - [x] b", `<ul><li>a\n<ul><li>${ticked}b</li></ul></li></ul>`],
  ])("reads %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe("autolinks", () => {
  const link = (text: string, href = text) => `<a href="${href}">${text}</a>`;
  it.each([
    ["www.commonmark.org", link("www.commonmark.org", "http://www.commonmark.org/")],
    ["see https://a.example/b.", `see ${link("https://a.example/b")}.`],
    ["www.a.example/b(c(d))", link("www.a.example/b(c(d))", "http://www.a.example/b(c(d))")],
    ["(see www.a.example/b(c))", `(see ${link("www.a.example/b(c)", "http://www.a.example/b(c)")})`],
    ["www.a.example/b?c=d&hl;", `${link("www.a.example/b?c=d", "http://www.a.example/b?c=d")}&#38;hl;`],
    ["www.a.example/b<c", `${link("www.a.example/b", "http://www.a.example/b")}&#60;c`],
    ["**https://a.example/b**", `<strong>${link("https://a.example/b")}</strong>`],
    ["mail foo.bar+x@a-b.example.", `mail ${link("foo.bar+x@a-b.example", "mailto:foo.bar+x@a-b.example")}.`],
    ["a.b-c_d@a.b", link("a.b-c_d@a.b", "mailto:a.b-c_d@a.b")],
    ["a.b-c_d@a.b-", "a.b-c_d@a.b-"],
    ["a.b-c_d@a.b_", "a.b-c_d@a.b_"],
    ["hello@mail+xyz.example", "hello@mail+xyz.example"],
    ["xhttps://a.example", "xhttps://a.example"],
    ["请看https://a.example/b。好", `请看${link("https://a.example/b")}。好`],
    ["`https://a.example`", "<code>https://a.example</code>"],
    ["[https://a.example/b](https://a.example/b)", link("https://a.example/b")],
    ["ftp://a.example/b", "ftp://a.example/b"],
    ["see https://a.example/b; then", `see ${link("https://a.example/b")}; then`],
    ["https://a.example/b;c;", `${link("https://a.example/b;c")};`],
    ["www.a.example/&copy;", `${link("www.a.example/", "http://www.a.example/")}©`],
    ["_https://a.example/_", `<em>${link("https://a.example/")}</em>`],
    ["__https://a.example/x_y__", `<strong>${link("https://a.example/x_y")}</strong>`],
    ...[
      "www.;",
      "http:///p",
      "https://",
      "www.",
      "http://?q",
      "https://-a.example",
      "https://a_b.example/",
    ].map((text) => [text, text]),
    ["https://a_b.c.example/", link("https://a_b.c.example/")],
  ])("reads %j", (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });
});

describe("markers of sources", () => {
  it.each([
    [
      "a [1].",
      [
        { kind: "text", text: "a " },
        { kind: "marker", number: "1" },
        { kind: "text", text: "." },
      ],
    ],
    [
      "[1][2]",
      [
        { kind: "marker", number: "1" },
        { kind: "marker", number: "2" },
      ],
    ],
    [
      "a[^3]",
      [
        { kind: "text", text: "a" },
        { kind: "note", label: "3" },
      ],
    ],
    ["[1234]", [{ kind: "text", text: "[1234]" }]],
    ["\\[1]", [{ kind: "text", text: "[1]" }]],
    ["`[1]`", [{ kind: "code", text: "[1]" }]],
  ])("reads %j", (markdown, inlines) => {
    expect(parseMarkdown(markdown)).toEqual([{ key: 1, kind: "paragraph", inlines }]);
  });

  it.each([
    ["a[^1]\n\n[^1]: The *first*.", '<p>a[^1]</p>\n<aside id="1"><p>The <em>first</em>.</p></aside>'],
    [
      "a[^x-y]\n[^x-y]: b\n[^2]: c",
      '<p>a[^x-y]</p>\n<aside id="x-y"><p>b</p></aside>\n<aside id="2"><p>c</p></aside>',
    ],
    ["[^1]: a\nb\n\n    c\n\nd", '<aside id="1"><p>a\nb</p>\n<p>c</p></aside>\n<p>d</p>'],
    ["[^1]: - a\n    - b", '<aside id="1"><ul><li>a</li>\n<li>b</li></ul></aside>'],
    ["> [^1]: a\n\nb", '<blockquote><aside id="1"><p>a</p></aside></blockquote>\n<p>b</p>'],
    [
      "- a\n- b\n\n[^1]: https://a.example/",
      `<ul><li>a</li>\n<li>b</li></ul>\n<aside id="1"><p><a href="https://a.example/">https://a.example/</a></p></aside>`,
    ],
    ["[^]: a b", "<p>[^]: a b</p>"],
    ["[^a b]: c d", "<p>[^a b]: c d</p>"],
    ["\\[^1]: a", "<p>[^1]: a</p>"],
  ])("reads a footnote in %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it("is a link where the answer says where the number leads", () => {
    expect(html("a [1]\n\n[1]: https://a.example/b")).toBe('<p>a <a href="https://a.example/b">1</a></p>');
  });
});

describe("pictures", () => {
  it("are named, never loaded", () => {
    expect(parseMarkdown("![a *b*](https://a.example/p.png)")).toEqual([
      {
        key: 1,
        kind: "paragraph",
        inlines: [{ kind: "image", href: "https://a.example/p.png", title: "", text: "a b" }],
      },
    ]);
  });
});
