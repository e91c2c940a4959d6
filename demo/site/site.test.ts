/** Tests of the demo site for people, crawlers and browsers. */
import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { problems } from "../../proxy/protocol/problems.ts";
import { settingTable } from "../../proxy/settings/table.ts";
import { optionNames } from "../../widget/options/docs.ts";
import { pages } from "./pages.ts";
import { createSite } from "./site.ts";

const origin = "https://guide.example.test";
const site = createSite({
  origin: () => origin,
  scripts: new Map([["/gallery.js", { type: "text/javascript; charset=utf-8", body: "export {};" }]]),
});

async function get(path: string, init?: RequestInit): Promise<Response> {
  const response = await site.fetch(new Request(origin + path, init));
  if (!response) throw new Error(`The site leaves ${path} to the proxy.`);
  return response;
}

const text = async (path: string) => (await get(path)).text();

type Node = ReturnType<typeof parseDocument>["children"][number];
type Tag = { name: string; attributes: Record<string, string>; words: string };

function tagsOf(html: string): Tag[] {
  const words = (node: Node): string =>
    "data" in node ? node.data : "children" in node ? node.children.map(words).join("") : "";
  const walk = (node: Node): Tag[] => [
    ...("attribs" in node ? [{ name: node.name, attributes: node.attribs, words: words(node) }] : []),
    ...("children" in node ? node.children.flatMap(walk) : []),
  ];
  return parseDocument(html).children.flatMap(walk);
}

describe.each(pages.map((page) => page.path))("the page %s", (path) => {
  it("says in its head what it is, once and differently from every other page", async () => {
    const tags = tagsOf(await text(path));
    const title = tags.filter((tag) => tag.name === "title").map((tag) => tag.words);
    const description = tags.find((tag) => tag.attributes["name"] === "description")?.attributes["content"];
    expect(title).toHaveLength(1);
    expect(title[0]?.length).toBeGreaterThan(5);
    expect(description?.length).toBeGreaterThan(50);
    const others = await Promise.all(
      pages.filter((page) => page.path !== path).map((page) => text(page.path)),
    );
    expect(others.join()).not.toContain(`<title>${title[0]}</title>`);
    expect(tags.find((tag) => tag.name === "html")?.attributes["lang"]).toBe("en");
    expect(tags.find((tag) => tag.attributes["property"] === "og:url")?.attributes["content"]).toBe(
      origin + path,
    );
  });

  it("has one first-level heading, and no level is skipped below it", async () => {
    const levels = tagsOf(await text(path))
      .filter((tag) => /^h[1-6]$/.test(tag.name))
      .map((tag) => Number(tag.name.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, place) => expect(level).toBeLessThanOrEqual((levels[place - 1] ?? 0) + 1));
  });

  it("carries the one tag, nothing inline, and no file from elsewhere", async () => {
    const tags = tagsOf(await text(path));
    const scripts = tags.filter((tag) => tag.name === "script");
    expect(
      scripts.filter((tag) => tag.attributes["src"] === "/widget.js" && "async" in tag.attributes),
    ).toHaveLength(1);
    expect(scripts.filter((tag) => tag.words !== "")).toEqual([]);
    expect(tags.filter((tag) => tag.name === "style" || "style" in tag.attributes)).toEqual([]);
    expect(tags.filter((tag) => Object.keys(tag.attributes).some((name) => name.startsWith("on")))).toEqual(
      [],
    );
    const loaded = tags.filter(
      (tag) => ["script", "img", "link"].includes(tag.name) && tag.attributes["rel"] !== "canonical",
    );
    expect(
      loaded
        .map((tag) => tag.attributes["src"] ?? tag.attributes["href"] ?? "")
        .filter((url) => !url.startsWith("/")),
    ).toEqual([]);
  });

  it("has no link that leads nowhere", async () => {
    const links = tagsOf(await text(path)).flatMap((tag) =>
      tag.name === "a" ? [tag.attributes["href"] ?? ""] : [],
    );
    const broken: string[] = [];
    for (const link of links.filter((each) => !/^https?:/.test(each))) {
      const target = new URL(link, origin + path);
      const response = await get(target.pathname);
      const ids = tagsOf(await response.text()).map((tag) => tag.attributes["id"]);
      if (response.status !== 200 || (target.hash && !ids.includes(target.hash.slice(1)))) broken.push(link);
    }
    expect(broken).toEqual([]);
  });

  it("names each of its tables", async () => {
    const html = await text(path);
    expect(html.match(/<caption>[^<]+<\/caption>/g)?.length).toBe(html.match(/<table>/g)?.length);
  });

  it("leaves no place unfilled", async () => {
    expect(await text(path)).not.toContain("<!--");
  });

  it("is sent with a policy that allows nothing inline and nothing from elsewhere", async () => {
    const { headers } = await get(path);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  });
});

describe("the reference tables", () => {
  it("name every option, every setting and every problem code", async () => {
    const options = await text("/options");
    for (const name of optionNames) expect(options).toContain(`<code>data-${name}</code>`);
    const proxy = await text("/proxy");
    for (const { name } of Object.values(settingTable)) expect(proxy).toContain(`<code>${name}</code></th>`);
    for (const code of Object.keys(problems)) expect(proxy).toContain(`<code>${code}</code></th>`);
  });

  it("say a setting's default", async () => {
    expect(await text("/proxy")).toMatch(/<code>PORT<\/code><\/th>.*Usually <code>8787<\/code>/);
  });
});

describe("what crawlers are told", () => {
  it("lists every page of the guide with its whole address, and no other", async () => {
    const response = await get("/sitemap.xml");
    expect(response.headers.get("content-type")).toContain("application/xml");
    const listed = [...(await response.text()).matchAll(/<loc>(.*?)<\/loc>/g)].map((match) => match[1]);
    expect(listed).toEqual(pages.filter((page) => page.listed).map((page) => origin + page.path));
    expect(listed).toContain(`${origin}/faq`);
    expect(listed).not.toContain(`${origin}/gallery`);
  });

  it("names the sitemap in robots.txt", async () => {
    expect(await text("/robots.txt")).toContain(`Sitemap: ${origin}/sitemap.xml`);
  });
});

describe("addresses", () => {
  it("that do not exist get a page that says so, with the chat on it", async () => {
    const response = await get("/no-such-page");
    expect(response.status).toBe(404);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const body = await response.text();
    expect(body).toContain("There is no page here");
    expect(body).toContain('src="/widget.js"');
  });

  it("of the proxy are left to the proxy", () => {
    for (const path of ["/widget.js", "/assets/main-1.js", "/v1/agents/default", "/healthz", "/readyz"])
      expect(site.fetch(new Request(origin + path))).toBeNull();
  });

  it("work with a slash at the end too", async () => {
    expect((await get("/embed/")).status).toBe(200);
  });

  it("of single pages' own modules are served as they were given", async () => {
    const response = await get("/gallery.js");
    expect(response.headers.get("content-type")).toContain("text/javascript");
    expect(await response.text()).toBe("export {};");
  });
});

describe("a browser that comes back", () => {
  it("is spared a page it has already", async () => {
    const first = await get("/faq");
    const again = await get("/faq", { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  it("gets the headers alone when it asks for them alone", async () => {
    const response = await get("/", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  it("cannot send anything to the site", async () => {
    expect((await get("/", { method: "POST" })).status).toBe(405);
  });
});
