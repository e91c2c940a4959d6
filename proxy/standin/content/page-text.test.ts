/** Reading pages: what is kept, what is left out, and how it looks as markdown. */
import { expect, test } from "vitest";
import { readPage } from "./page-text.ts";

const address = "http://site.test/guide/page.html";
const markdown = (html: string) =>
  readPage(`<main>${html}</main>`, address)
    .blocks.map((block) => block.markdown)
    .join("\n\n");

test("leaves out menus, scripts, styles, footers and what is hidden", () => {
  const { blocks } = readPage(
    `<body><header>Site</header><nav>Menu</nav><script>var a</script><style>b{}</style><p>Kept</p>
     <p hidden>Hidden</p><div role="navigation">More menu</div><aside>Ad</aside><footer>Imprint</footer></body>`,
    address,
  );
  expect(blocks.map((block) => block.words)).toEqual(["Kept"]);
});

test("reads only the main part where a page has one", () => {
  const { blocks } = readPage(
    `<body><div>Banner</div><main><header><h1>Title</h1></header></main></body>`,
    address,
  );
  expect(blocks).toEqual([{ kind: "heading", level: 1, markdown: "Title", words: "Title" }]);
});

test("takes title, description and picture from what a page says to link previews first", () => {
  const page = readPage(
    `<title>Plain</title><meta name="description" content="Plain words">
     <meta property="og:title" content="Nice"><meta property="og:description" content="Nice words">
     <meta property="og:image" content="../pictures/one.png">`,
    address,
  );
  expect(page).toMatchObject({
    title: "Nice",
    description: "Nice words",
    image: "http://site.test/pictures/one.png",
  });
});

test("a page without a title is called by its heading, without a heading by its address", () => {
  expect(readPage("<h1>Heading</h1>", address).title).toBe("Heading");
  expect(readPage("<p>Words</p>", address).title).toBe(address);
});

test("keeps code as it was written, with its language and a fence longer than its own ticks", () => {
  expect(markdown(`<pre><code class="language-html">\n&lt;b&gt;\n  x *y*\n</code></pre>`)).toBe(
    "```html\n<b>\n  x *y*\n```",
  );
  expect(markdown("<pre>```\nx\n```</pre>")).toBe("````\n```\nx\n```\n````");
});

test("keeps lists, also inside lists, with their numbers", () => {
  expect(markdown(`<ol start="3"><li>One<ul><li>Inner</li></ul></li><li><p>Two</p></li></ol>`)).toBe(
    "3. One\n   - Inner\n4. Two",
  );
});

test("keeps tables, with bars inside cells escaped and short rows filled up", () => {
  expect(
    markdown(
      `<table><thead><tr><th>Name</th><th>What</th></tr></thead><tbody><tr><td><code>a|b</code></td></tr></tbody></table>`,
    ),
  ).toBe("| Name | What |\n| --- | --- |\n| `a\\|b` |  |");
});

test("keeps emphasis, code and links, links with their whole address", () => {
  expect(
    markdown(
      `<p>Run <code>npm start</code>, <strong>then </strong>read <a href="../faq.html#a">the <em>FAQ</em></a>.</p>`,
    ),
  ).toBe("Run `npm start`, **then** read [the *FAQ*](http://site.test/faq.html#a).");
});

test("a link that could run something becomes plain words", () => {
  expect(markdown(`<p><a href="javascript:alert(1)">Here</a></p>`)).toBe("Here");
});

test("characters that markdown would take for marks stay characters", () => {
  expect(markdown("<p>2 * 3 &lt; 7 [x] _y_ but snake_case</p>")).toBe(
    "2 \\* 3 \\< 7 \\[x\\] \\_y\\_ but snake_case",
  );
  expect(markdown("<p># no heading</p><p>1. no list</p><p>- no list</p>")).toBe(
    "\\# no heading\n\n1\\. no list\n\n\\- no list",
  );
});

test("words beside blocks become paragraphs of their own", () => {
  expect(markdown("<div>One <b>two</b><p>Three</p>four</div>")).toBe("One **two**\n\nThree\n\nfour");
});

test("a question that opens its answer counts as a heading", () => {
  const { blocks } = readPage(
    "<main><details><summary>Is it free?</summary><p>Yes.</p></details></main>",
    address,
  );
  expect(blocks.map((block) => [block.kind, block.words])).toEqual([
    ["heading", "Is it free?"],
    ["text", "Yes."],
  ]);
});

test("lists the links within the same site, each once", () => {
  const html = `<a href="a.html">1</a><a href="a.html#b">2</a><a href="http://other.test/">3</a><a href="mailto:a@b">4</a>`;
  expect(readPage(html, address).links).toEqual(["http://site.test/guide/a.html"]);
});

test("reads broken HTML without failing", () => {
  expect(markdown("<p>One<p>Two<ul><li>A<li>B</ul></span></div>")).toBe("One\n\nTwo\n\n- A\n- B");
});
