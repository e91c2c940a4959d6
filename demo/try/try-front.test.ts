/** The page on which the chat is tried, as it is sent: while the site is read and after, for sites with odd words. */
import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { createSite } from "../site/site.ts";
import { createTryFront } from "./try-front.ts";
import type { TriedSite } from "./tried-site.ts";

const address = new URL("https://shop.test/");
const tried: TriedSite = {
  address,
  name: "Harbour Books",
  language: "de-AT",
  color: "#1d4ed8",
  icon: { type: "image/png", body: new Uint8Array([1, 2]) },
  starters: ["Delivery"],
  pages: [{ url: "https://shop.test/a", title: "A | Harbour Books", html: "" }],
  found: 3,
  sitemap: "https://shop.test/sitemap.xml",
  read: 1,
  leftOut: new Map([["answered 404", 2]]),
  crawlDelayMs: null,
};

function trying() {
  const front = createTryFront({ address, maxPages: 2 });
  const site = createSite({ origin: () => "http://127.0.0.1:1", scripts: new Map(), front });
  const get = async (path: string) => {
    const response = await site.fetch(new Request(`http://127.0.0.1:1${path}`));
    if (!response) throw new Error(`The site leaves ${path} to the proxy.`);
    return response;
  };
  return { front, get };
}

describe("while the site is read", () => {
  it("the page says how far that is and comes again by itself, without a chat that could not answer yet", async () => {
    const { front, get } = trying();
    expect(await (await get("/")).text()).toContain("Looking for its robots.txt");
    front.progress({ ...tried, read: 1 });
    const response = await get("/");
    expect(response.headers.get("refresh")).toBe("2");
    const body = await response.text();
    expect(body).toContain("Read 1 of 2 pages, left out 2.");
    expect(body).not.toContain("widget.js");
    expect((await get("/try-icon")).status).toBe(404);
  });
});

describe("once it is read", () => {
  it("the page has the chat, in the site's language, and stays", async () => {
    const { front, get } = trying();
    front.ready(tried);
    const response = await get("/");
    expect(response.headers.get("refresh")).toBeNull();
    const body = await response.text();
    expect(body).toContain('data-language="de-AT"');
    expect(body).toContain("Found 3 pages in https://shop.test/sitemap.xml");
    expect(body).toContain("It has read 1 page of shop.test, and answers from it with its source.");
    expect((await get("/try-icon")).headers.get("content-type")).toBe("image/png");
    expect((await get("/try.css")).status).toBe(200);
  });

  it("nothing of the site's words is markup or an attribute", async () => {
    const { front, get } = trying();
    const evil = `"><script src=//evil.test></script><img onerror=x>`;
    front.ready({
      ...tried,
      name: evil,
      language: `de" onload="x`,
      sitemap: `https://shop.test/"><b>`,
      pages: [{ url: "https://shop.test/?a=%22", title: evil, html: "" }],
      leftOut: new Map([[evil, 1]]),
    });
    const body = await (await get("/")).text();
    const names = (node: object): string[] => [
      ...("name" in node ? [String(node.name)] : []),
      ...("children" in node && Array.isArray(node.children) ? node.children.flatMap(names) : []),
    ];
    const tags = names(parseDocument(body));
    expect(tags.filter((name) => name === "script")).toHaveLength(1);
    expect(tags).not.toContain("b");
    expect(body).not.toContain("onload=");
  });
});

it("the guide's pages keep their links among themselves, and say where the chat is instead of having it", async () => {
  const { get } = trying();
  for (const path of ["/guide", "/faq", "/no-such-page"]) {
    const body = await (await get(path)).text();
    expect(body).not.toContain('src="/widget.js"');
    expect(body).toContain('The chat is on the <a href="/">front page</a> and answers from shop.test.');
    expect(body.match(/href="\/"/g)).toHaveLength(1);
    expect(body).toContain('class="brand" href="/guide"');
  }
});
