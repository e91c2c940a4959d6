/** Reading a site that the operator named: what is fetched, in what pace, what is left out and why. */
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Progress, readSite, type SiteReading, type SiteToRead } from "./read-site.ts";
import { sitemapOf, startTestSite, type TestSite } from "./testing/test-site.ts";

let site: TestSite;
beforeEach(async () => {
  site = await startTestSite({ "/": page("Front"), "/a": page("A"), "/b": page("B"), "/c": page("C") });
});
afterEach(() => site.close());

const page = (title: string, more = "") =>
  `<title>${title}</title>${more}<main><p>About ${title}.</p></main>`;
const at = (path: string) => `${site.origin}${path}`;

/** Reads the site without waiting; `waited` are the pauses that it would have made. */
function read(options: Partial<SiteToRead> & { path?: string } = {}) {
  const waited: number[] = [];
  const reports: Progress[] = [];
  let now = 0;
  const reading = readSite({
    address: new URL(options.path ?? "/", site.origin),
    maxPages: 100,
    network: {
      mayFetch: ({ hostname }) => hostname !== "10.0.0.1",
      fetchPage: (address, signal) => fetch(address, { redirect: "manual", signal }),
    },
    clock: () => now,
    sleep(ms) {
      waited.push(ms);
      now += ms;
      return Promise.resolve();
    },
    report: (progress) => reports.push(progress),
    ending: new AbortController().signal,
    ...options,
  });
  return { reading, waited, reports };
}

const paths = ({ pages }: SiteReading) => pages.map(({ url }) => new URL(url).pathname);

describe("pages are found", () => {
  it("in the sitemap, the front page first", async () => {
    site.replies["/sitemap.xml"] = { body: sitemapOf([at("/b"), at("/a"), at("/b#part"), at("/")]) };
    const found = await read().reading;
    expect(paths(found)).toEqual(["/", "/b", "/a"]);
    expect(found).toMatchObject({ found: 3, read: 3, sitemap: at("/sitemap.xml") });
  });

  it("in all sitemaps of robots.txt, in indexes, zipped and as plain text", async () => {
    site.replies["/robots.txt"] = { body: `Sitemap: ${at("/index.xml")}\nSitemap: /list.txt` };
    site.replies["/index.xml"] = { body: sitemapOf([at("/1.xml.gz"), at("/index.xml")], true) };
    const zipped = new Uint8Array(gzipSync(sitemapOf([at("/a")])));
    site.replies["/1.xml.gz"] = { headers: { "content-type": "application/gzip" }, body: zipped };
    site.replies["/list.txt"] = { body: `${at("/b")}\n${at("/c")}\n` };
    expect(paths(await read().reading).sort()).toEqual(["/", "/a", "/b", "/c"]);
    expect(site.paths().filter((path) => path === "/index.xml")).toHaveLength(1);
    expect(site.paths()).not.toContain("/sitemap.xml");
  });

  it("in /sitemap_index.xml where there is no /sitemap.xml", async () => {
    site.replies["/sitemap_index.xml"] = { body: sitemapOf([at("/pages.xml")], true) };
    site.replies["/pages.xml"] = { body: sitemapOf([at("/c")]) };
    expect(paths(await read().reading)).toEqual(["/", "/c"]);
  });

  it("by the front page's links without a sitemap, files aside", async () => {
    const links = ["/a", "/a#x", "/picture.jpg", "mailto:x@y.test", "https://other.test/"];
    site.replies["/"] = page("Front", links.map((href) => `<a href="${href}">x</a>`).join(""));
    const found = await read().reading;
    expect(paths(found)).toEqual(["/", "/a"]);
    expect(found.sitemap).toBeNull();
    expect(site.paths()).not.toContain("/picture.jpg");
  });
});

describe("left out, and why", () => {
  it("is what cannot be read, or is no page to answer from", async () => {
    site.replies["/moved"] = { status: 301, headers: { location: "/a" } };
    site.replies["/away"] = { status: 302, headers: { location: "https://other.test/" } };
    site.replies["/inside"] = { status: 302, headers: { location: "http://10.0.0.1/" } };
    site.replies["/huge"] = page("x".repeat(3_000_001));
    site.replies["/empty"] = "<title>Empty</title><main></main>";
    site.replies["/hidden"] = page("Hidden", '<meta name="robots" content="noindex, follow">');
    site.replies["/data"] = { headers: { "content-type": "application/json" }, body: "{}" };
    const names = ["/a", "/moved", "/away", "/inside", "/huge", "/empty", "/hidden", "/data", "/gone"];
    site.replies["/sitemap.xml"] = {
      body: sitemapOf([...names.map(at), "https://other.test/x", "ftp://x.test/", at("/file.pdf")]),
    };
    const found = await read().reading;
    expect(paths(found)).toEqual(["/", "/a"]);
    expect(Object.fromEntries(found.leftOut)).toEqual({
      "is on another site": 3,
      "is no page": 2,
      "leads to a page that was read already": 1,
      "is too large": 1,
      "has no text": 1,
      "asks not to be indexed": 1,
      "answered 404": 1,
    });
  });

  it("is what lies beyond the number of pages, without being asked for", async () => {
    site.replies["/sitemap.xml"] = { body: sitemapOf([at("/a"), at("/b"), at("/c")]) };
    const found = await read({ maxPages: 2 }).reading;
    expect(paths(found)).toEqual(["/", "/a"]);
    expect(Object.fromEntries(found.leftOut)).toEqual({ "is beyond the limit of 2": 2 });
    expect(site.paths()).not.toContain("/c");
  });

  it("is what robots.txt closes, redirects and sitemaps included", async () => {
    site.replies["/robots.txt"] = { body: "User-agent: customgpt-widget\nDisallow: /b\nDisallow: /closed" };
    site.replies["/to-b"] = { status: 302, headers: { location: "/b" } };
    site.replies["/sitemap.xml"] = { body: sitemapOf([at("/closed.xml")], true) };
    site.replies["/sitemap_index.xml"] = { body: sitemapOf([at("/a"), at("/b"), at("/to-b")]) };
    const found = await read().reading;
    expect(paths(found)).toEqual(["/", "/a"]);
    expect(found.leftOut.get("is closed by robots.txt")).toBe(2);
    expect(site.paths().filter((path) => path === "/b" || path === "/closed.xml")).toEqual([]);
  });

  it("is said while it happens", async () => {
    site.replies["/sitemap.xml"] = { body: sitemapOf([at("/a"), at("/gone")]) };
    const { reading, reports } = read();
    await reading;
    expect(reports.map(({ found, read, leftOut }) => [found, read, leftOut.size])).toContainEqual([3, 1, 0]);
    expect(reports.at(-1)).toMatchObject({ read: 2, leftOut: new Map([["answered 404", 1]]) });
  });
});

describe("the pace", () => {
  const list = (count: number) => {
    const addresses = Array.from({ length: count }, (_, index) => `/p${index}`);
    for (const address of addresses) site.replies[address] = page(address);
    site.replies["/sitemap.xml"] = { body: sitemapOf(addresses.map(at)) };
  };

  it("has a pause between requests, and at most two of them at a time", async () => {
    list(10);
    let open = 0;
    let most = 0;
    const network: SiteToRead["network"] = {
      mayFetch: () => true,
      async fetchPage(address, signal) {
        most = Math.max(most, ++open);
        const response = await fetch(address, { redirect: "manual", signal });
        open--;
        return response;
      },
    };
    const { reading, waited } = read({ network });
    await reading;
    expect(most).toBe(2);
    // robots.txt, front page and sitemap are requests too; the first of all waits for none.
    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(12 * 250);
  });

  it("is the one that robots.txt asks for, up to ten seconds", async () => {
    list(3);
    for (const [asked, ms] of [
      [2, 2000],
      [60, 10_000],
    ]) {
      site.replies["/robots.txt"] = { body: `User-agent: *\nCrawl-delay: ${asked}` };
      const { reading, waited } = read();
      expect((await reading).crawlDelayMs).toBe((asked ?? 0) * 1000);
      expect(waited.slice(-3)).toEqual([ms, ms, ms]);
    }
  });

  it("slows down for a site in trouble, and leaves it alone when that goes on", async () => {
    list(20);
    for (let index = 2; index < 20; index++) site.replies[`/p${index}`] = { status: 503 };
    const { reading, waited } = read();
    const found = await reading;
    expect(found.read).toBe(3);
    const asked = site.paths().filter((path) => path.startsWith("/p")).length;
    expect(asked).toBeLessThanOrEqual(10);
    expect(found.leftOut.get("was not asked for, as the site had stopped answering")).toBe(20 - asked);
    expect(Math.max(...waited)).toBeGreaterThanOrEqual(4000);
  });
});

describe("nothing can be read", () => {
  const why = (options: Parameters<typeof read>[0] = {}) =>
    read(options).reading.then(
      () => "it could be read",
      (error: unknown) => String(error),
    );

  it("where robots.txt closes the site: its owner is told which lines open it", async () => {
    site.replies["/robots.txt"] = { body: "User-agent: *\nDisallow: /" };
    expect(await why()).toMatch(
      /robots\.txt of .* closes .*\n\n {2}User-agent: customgpt-widget\n {2}Allow: \//,
    );
    expect(site.paths()).toEqual(["/robots.txt"]);
  });

  it("where robots.txt answers with an error of the server's, other than a missing one", async () => {
    for (const status of [503, 429]) {
      site.replies["/robots.txt"] = { status };
      expect(await why()).toContain("robots.txt that could not be read");
    }
    expect(site.paths()).toEqual(["/robots.txt", "/robots.txt"]);
    site.replies["/robots.txt"] = { status: 410 };
    expect(await why()).toBe("it could be read");
  });

  it("where the address leads to another site: that one is named", async () => {
    site.replies["/"] = { status: 301, headers: { location: "https://other.test/shop" } };
    expect(await why()).toContain("npm start -- --site https://other.test");
  });

  it("where nobody listens, or the name is unknown", async () => {
    expect(await why({ address: new URL("http://127.0.0.1:9") })).toContain("could not be read");
    const fetchPage = (address: URL) => Promise.reject(new Error(`ENOTFOUND ${address.hostname}`));
    const network = { mayFetch: () => true, fetchPage };
    expect(await why({ network })).toContain("No server is known by the name 127.0.0.1. Check its spelling");
    const refusing = { ...network, fetchPage: () => Promise.reject(new Error("ECONNREFUSED")) };
    expect(await why({ network: refusing })).toContain("Nothing answers at http://127.0.0.1");
  });

  it("where no page has text, as when scripts write all of it", async () => {
    site.replies["/"] = "<title>App</title><div id=root></div>";
    expect(await why()).toMatch(/No page of .* could be read:\n {2}1 × has no text\n/);
  });

  it("where the front page is refused", async () => {
    site.replies["/"] = { status: 403 };
    expect(await why()).toMatch(/answered 403\. The site may keep programs out/);
  });
});

it("a site says its name, language, colour and icon on its front page", async () => {
  site.replies["/"] = `<html lang="de"><head><meta property="og:site_name" content="Hafen &amp; Buch">
    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#000"><meta name="theme-color" content="#1d4ed8">
    <link rel="icon" href="/small.png" sizes="16x16"><link rel="apple-touch-icon" href="/large.png"></head>
    <body><p>Willkommen.</p></body></html>`;
  site.replies["/large.png"] = { headers: { "content-type": "image/png" }, body: "png" };
  const { facts, icon } = await read().reading;
  expect(facts).toMatchObject({ name: "Hafen & Buch", language: "de", color: "#1d4ed8" });
  expect(new TextDecoder().decode(icon ?? undefined)).toBe("png");
});

it("a slow page is given up after ten seconds, and the rest is read", { timeout: 40_000 }, async () => {
  site.replies["/slow"] = { hangs: true };
  site.replies["/sitemap.xml"] = { body: sitemapOf([at("/slow"), at("/a")]) };
  const found = await read().reading;
  expect(paths(found)).toEqual(["/", "/a"]);
  expect(Object.fromEntries(found.leftOut)).toEqual({ "took longer than 10 seconds": 1 });
});
