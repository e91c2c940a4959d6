/** Tests of the search: the right passage, and none where there is none. */
import { expect, test } from "vitest";
import { answer } from "./answer.ts";
import { readPage } from "./page-text.ts";
import { passagesOf } from "./passages.ts";
import { createSearch } from "./search.ts";
import { defaultSettings } from "../settings.ts";
import { plainWords } from "./words.ts";

const texts: Record<string, string> = {
  What: `<h1>What it is</h1><p>A widget that puts an agent on any website.</p>`,
  Embed: `<h1>Embed the widget</h1><p>Add one script tag to your page:</p>
    <pre><code class="language-html">&lt;script src="https://chat.example.com/widget.js" async>&lt;/script></code></pre>
    <h2>WordPress</h2><p>Install the plugin and set the address of your proxy in its settings.</p>`,
  Options: `<h1>Options</h1><table><tr><th>Attribute</th><th>What</th></tr><tr><td>data-color</td><td>The accent of the widget</td></tr></table>`,
  Proxy: `<h1>Run the proxy</h1><p>The proxy keeps the key. Start it with your settings.</p>
    <h2>Rate limits</h2><p>Each visitor may ask ten questions a minute.</p>`,
  Security: `<h1>Security</h1><p>The API key never reaches a browser. The widget works under a strict policy.</p>`,
};

function site() {
  const search = createSearch();
  const titles = Object.keys(texts);
  for (const [id, title] of titles.entries()) {
    search.add(
      id,
      title,
      passagesOf(readPage(`<main>${texts[title] ?? ""}</main>`, `http://site.test/${id}`)),
    );
  }
  return {
    search,
    ask: (prompt: string, settings: Partial<Record<"no_answer_message", string>> = {}) => {
      const given = answer({ name: "Site", search, settings: { ...defaultSettings, ...settings } }, prompt);
      return { ...given, pages: given.citations.map((id) => titles[id]) };
    },
  };
}

test("asked how to embed the widget, answers with the embedding page's passage and its code", () => {
  const { text, pages } = site().ask("How do I embed the widget?");
  expect(text).toMatch(
    /^Add one script tag to your page:\n\n```html\n<script src="https:\/\/chat\.example\.com/,
  );
  expect(pages[0]).toBe("Embed");
});

test.each([
  ["Does it work in wordpress", "Embed"],
  ["Can a browser see the API key?", "Security"],
  ["What rate limit is there?", "Proxy"],
  ["can I change the colour with data-color", "Options"],
  ["embeding", "Embed"],
])("finds the page for: %s", (prompt, page) => {
  expect(site().ask(prompt).pages[0]).toBe(page);
});

test.each([
  "What is the capital of France?",
  "Who won the world cup in 2018?",
  "Bake me a cake",
  "asdf qwertz",
])("says kindly that the pages do not hold: %s", (prompt) => {
  const { text, citations } = site().ask(prompt);
  expect(text).toMatch(/found nothing about that/);
  expect(citations).toEqual([]);
});

test("says so in the agent's own words when it has some", () => {
  expect(site().ask("capital of France", { no_answer_message: "No idea, sorry." }).text).toBe(
    "No idea, sorry.",
  );
});

test("a question that names nothing gets what the first page says", () => {
  expect(site().ask("What is this?")).toMatchObject({
    text: "A widget that puts an agent on any website.",
    pages: ["What"],
  });
});

test.each([
  ["Hi!", "Hello! What would you like to know?"],
  ["Thank you so much", "You're welcome! Ask away if anything else comes up."],
])("answers %s with a short sentence and no source", (prompt, text) => {
  expect(site().ask(prompt)).toMatchObject({ text, citations: [] });
});

test("a greeting before a question does not hide the question", () => {
  expect(site().ask("Hello, how do I embed the widget?").pages[0]).toBe("Embed");
});

test("a No stands alone only where its own question was asked", () => {
  const search = createSearch();
  const page = readPage(
    "<main><h1>Help</h1><h2>Is there a plugin for shops?</h2><p>No, not yet.</p></main>",
    null,
  );
  search.add(0, "Help", passagesOf(page));
  const say = (prompt: string) => answer({ name: "Site", search, settings: defaultSettings }, prompt).text;
  expect(say("Is there a plugin for shops?")).toBe("No, not yet.");
  for (const other of ["Can I use it in a shop?", "Which plugins for shops are there?"]) {
    expect(say(other)).toBe("**Is there a plugin for shops?**\n\nNo, not yet.");
  }
});

test("several questions are answered one below the other, each with its page", () => {
  const { text, pages } = site().ask("What rate limit is there, and does it work in WordPress?");
  expect(text).toBe(
    "**Rate limits**\n\nEach visitor may ask ten questions a minute.\n\n" +
      "**WordPress**\n\nInstall the plugin and set the address of your proxy in its settings.",
  );
  expect(pages).toEqual(["Proxy", "Embed"]);
});

test("what a visitor wrote is repeated as plain words", () => {
  const { text } = site().ask("Is there <b>a</b> [picture](http://x.test)? What rate limit is there?");
  expect(text).toMatch(/^\*\*Is there \\<b>a\\<\/b> \\\[picture\\\]\(/);
});

test("keeps a table as a table", () => {
  expect(site().ask("which options are there").text).toContain("| data-color | The accent of the widget |");
});

test("one plain form for a word's forms and for words used for one another", () => {
  for (const word of ["embeds", "embedding", "embedded"]) expect(plainWords(word)).toEqual(["add"]);
  expect(plainWords("settings")).toEqual(plainWords("setting"));
  expect(plainWords("proxies")).toEqual(plainWords("proxy"));
  expect(plainWords("changing")).toEqual(plainWords("change"));
  expect(plainWords("accessibility")).toEqual(plainWords("accessible"));
  expect(plainWords("the colour of the chatbot")).toEqual(plainWords("widget colors").toReversed());
  expect(plainWords("How do I do this?")).toEqual([]);
  expect(plainWords("Café")).toEqual(["cafe"]);
});

test("a long section becomes several passages, code stays with the words before it", () => {
  const paragraph = `<p>${"word ".repeat(90)}</p>`;
  const page = readPage(
    `<main><h1>T</h1><h2>Long</h2>${paragraph}${paragraph}<p>Like so:</p><pre>x</pre></main>`,
    null,
  );
  const passages = passagesOf(page);
  expect(passages.map((passage) => [passage.heading, passage.above, passage.position])).toEqual([
    ["Long", ["T"], 0],
    ["Long", ["T"], 1],
  ]);
  expect(passages[1]?.markdown).toMatch(/Like so:\n\n```\nx\n```$/);
});
