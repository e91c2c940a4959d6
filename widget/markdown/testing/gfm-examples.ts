/**
 * The examples of the GitHub Flavored Markdown Spec, 0.29-gfm, that show what it adds to CommonMark: what is written and
 * the HTML it means. They are the specification's own (github.github.com/gfm, CC BY-SA 4.0) with its numbers; the one
 * without a number stands in its source only. For tests only.
 */

export type GfmExample = { readonly name: string; readonly markdown: string; readonly html: string };

const head = (...cells: string[]) =>
  `<thead>\n<tr>\n${cells.map((cell) => `<th>${cell}</th>\n`).join("")}</tr>\n</thead>\n`;
const row = (...cells: string[]) => `<tr>\n${cells.map((cell) => `<td>${cell}</td>\n`).join("")}</tr>\n`;
const table = (first: string, ...rows: string[]) =>
  `<table>\n${first}${rows.length > 0 ? `<tbody>\n${rows.join("")}</tbody>\n` : ""}</table>\n`;

const box = '<input disabled="" type="checkbox"> ';
const ticked = '<input checked="" disabled="" type="checkbox"> ';

const link = (href: string, text = href) => `<a href="${href}">${text}</a>`;
const www = (text: string) => link(`http://${text}`, text);
const mail = (text: string) => link(`mailto:${text}`, text);
const paragraphs = (...all: string[]) => all.map((each) => `<p>${each}</p>\n`).join("");

const business = www("www.google.com/search?q=Markup+(business)");

const tables: Record<string, readonly [markdown: string, html: string]> = {
  "198": ["| foo | bar |\n| --- | --- |\n| baz | bim |\n", table(head("foo", "bar"), row("baz", "bim"))],
  "199": [
    "| abc | defghi |\n:-: | -----------:\nbar | baz\n",
    table(
      '<thead>\n<tr>\n<th align="center">abc</th>\n<th align="right">defghi</th>\n</tr>\n</thead>\n',
      '<tr>\n<td align="center">bar</td>\n<td align="right">baz</td>\n</tr>\n',
    ),
  ],
  "200": [
    "| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n",
    table(head("f|oo"), row("b <code>|</code> az"), row("b <strong>|</strong> im")),
  ],
  "201": [
    "| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n",
    `${table(head("abc", "def"), row("bar", "baz"))}<blockquote>\n<p>bar</p>\n</blockquote>\n`,
  ],
  "202": [
    "| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n",
    `${table(head("abc", "def"), row("bar", "baz"), row("bar", ""))}<p>bar</p>\n`,
  ],
  "203": ["| abc | def |\n| --- |\n| bar |\n", paragraphs("| abc | def |\n| --- |\n| bar |")],
  "204": [
    "| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n",
    table(head("abc", "def"), row("bar", ""), row("bar", "baz")),
  ],
  "205": ["| abc | def |\n| --- | --- |\n", table(head("abc", "def"))],
  "no setext heading in a table": [
    "| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n===\n",
    table(head("abc", "def"), row("bar", "baz"), row("bar", ""), row("===", "")),
  ],
};

const tasks: typeof tables = {
  "279": ["- [ ] foo\n- [x] bar\n", `<ul>\n<li>${box}foo</li>\n<li>${ticked}bar</li>\n</ul>\n`],
  "280": [
    "- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n",
    `<ul>\n<li>${ticked}foo\n<ul>\n<li>${box}bar</li>\n<li>${ticked}baz</li>\n</ul>\n</li>\n<li>${box}bim</li>\n</ul>\n`,
  ],
};

const strikethrough: typeof tables = {
  "491": ["~~Hi~~ Hello, ~there~ world!\n", paragraphs("<del>Hi</del> Hello, <del>there</del> world!")],
  "492": ["This ~~has a\n\nnew paragraph~~.\n", paragraphs("This ~~has a", "new paragraph~~.")],
  "493": ["This will ~~~not~~~ strike.\n", paragraphs("This will ~~~not~~~ strike.")],
};

const autolinks: typeof tables = {
  "622": ["www.commonmark.org\n", paragraphs(www("www.commonmark.org"))],
  "623": [
    "Visit www.commonmark.org/help for more information.\n",
    paragraphs(`Visit ${www("www.commonmark.org/help")} for more information.`),
  ],
  "624": [
    "Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.\n",
    paragraphs(`Visit ${www("www.commonmark.org")}.`, `Visit ${www("www.commonmark.org/a.b")}.`),
  ],
  "625": [
    "www.google.com/search?q=Markup+(business)\n\nwww.google.com/search?q=Markup+(business)))\n\n(www.google.com/search?q=Markup+(business))\n\n(www.google.com/search?q=Markup+(business)\n",
    paragraphs(business, `${business}))`, `(${business})`, `(${business}`),
  ],
  "626": [
    "www.google.com/search?q=(business))+ok\n",
    paragraphs(www("www.google.com/search?q=(business))+ok")),
  ],
  "627": [
    "www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;\n",
    paragraphs(
      www("www.google.com/search?q=commonmark&amp;hl=en"),
      `${www("www.google.com/search?q=commonmark")}&amp;hl;`,
    ),
  ],
  "628": ["www.commonmark.org/he<lp\n", paragraphs(`${www("www.commonmark.org/he")}&lt;lp`)],
  "629": [
    "http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))\n\nAnonymous FTP is available at ftp://foo.bar.baz.\n",
    paragraphs(
      link("http://commonmark.org"),
      `(Visit ${link("https://encrypted.google.com/search?q=Markup+(business)")})`,
      `Anonymous FTP is available at ${link("ftp://foo.bar.baz")}.`,
    ),
  ],
  "630": ["foo@bar.baz\n", paragraphs(mail("foo@bar.baz"))],
  "631": [
    "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.\n",
    paragraphs(`hello@mail+xyz.example isn't valid, but ${mail("hello+xyz@mail.example")} is.`),
  ],
  "632": [
    "a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_\n",
    paragraphs(mail("a.b-c_d@a.b"), `${mail("a.b-c_d@a.b")}.`, "a.b-c_d@a.b-", "a.b-c_d@a.b_"),
  ],
  "633": [
    "mailto:foo@bar.baz\n\nmailto:a.b-c_d@a.b\n\nmailto:a.b-c_d@a.b.\n\nmailto:a.b-c_d@a.b/\n\nmailto:a.b-c_d@a.b-\n\nmailto:a.b-c_d@a.b_\n\nxmpp:foo@bar.baz\n\nxmpp:foo@bar.baz.\n",
    paragraphs(
      link("mailto:foo@bar.baz"),
      link("mailto:a.b-c_d@a.b"),
      `${link("mailto:a.b-c_d@a.b")}.`,
      `${link("mailto:a.b-c_d@a.b")}/`,
      "mailto:a.b-c_d@a.b-",
      "mailto:a.b-c_d@a.b_",
      link("xmpp:foo@bar.baz"),
      `${link("xmpp:foo@bar.baz")}.`,
    ),
  ],
  "634": [
    "xmpp:foo@bar.baz/txt\n\nxmpp:foo@bar.baz/txt@bin\n\nxmpp:foo@bar.baz/txt@bin.com\n",
    paragraphs(
      link("xmpp:foo@bar.baz/txt"),
      link("xmpp:foo@bar.baz/txt@bin"),
      link("xmpp:foo@bar.baz/txt@bin.com"),
    ),
  ],
  "635": ["xmpp:foo@bar.baz/txt/bin\n", paragraphs(`${link("xmpp:foo@bar.baz/txt")}/bin`)],
};

export const gfmExamples: readonly GfmExample[] = Object.entries({
  tables,
  tasks,
  strikethrough,
  autolinks,
}).flatMap(([group, examples]) =>
  Object.entries(examples).map(([number, [markdown, html]]) => ({
    name: `${group}: ${number}`,
    markdown,
    html,
  })),
);
