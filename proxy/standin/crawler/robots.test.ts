/** What a robots.txt allows, by RFC 9309. */
import { describe, expect, it } from "vitest";
import { readRobots } from "./robots.ts";

const robots = (text: string) => readRobots(text, "customgpt-widget");
const allows = (text: string, path: string) => robots(text).allows(new URL(path, "https://shop.test"));
/** Rules for everybody. */
const rule = (rules: string, path: string) => allows(`User-agent: *\n${rules}`, path);

describe("the group that counts", () => {
  it("is the crawler's own, in any case and with any version, and everybody's only without one", () => {
    const text = "User-agent: *\nDisallow: /\n\nUser-agent: CustomGPT-Widget/9.1\nDisallow: /staff";
    expect(allows(text, "/a")).toBe(true);
    expect(allows(text, "/staff")).toBe(false);
    expect(allows("User-agent: googlebot\nDisallow: /", "/a")).toBe(true);
    expect(allows("User-agent: customgpt\nDisallow: /", "/a")).toBe(true);
  });

  it("is all groups of that name together", () => {
    const text =
      "user-agent: customgpt-widget\ndisallow: /a\nuser-agent: x\ndisallow: /\nuser-agent: customgpt-widget\ndisallow: /b";
    expect(["/a", "/b", "/c"].map((path) => allows(text, path))).toEqual([false, false, true]);
  });

  it("can have several names above it, with comments, blank lines and foreign lines between", () => {
    const text =
      "User-agent: x # first\n\nSitemap: https://shop.test/s.xml\nUser-agent: customgpt-widget\nDisallow: /a";
    expect(allows(text, "/a")).toBe(false);
  });

  it("begins with a name: rules before any count for nobody", () => {
    expect(allows("Disallow: /\nUser-agent: *\nDisallow: /b", "/a")).toBe(true);
  });
});

describe("the rule that counts", () => {
  it("is the longest that matches, wherever it stands", () => {
    const rules = "Disallow: /shop\nAllow: /shop/open\nDisallow: /shop/open/secret";
    expect(rule(rules, "/shop/x")).toBe(false);
    expect(rule(rules, "/shop/open/x")).toBe(true);
    expect(rule(rules, "/shop/open/secret.html")).toBe(false);
  });

  it("is the one that allows, of two as long", () => {
    expect(rule("Disallow: /page\nAllow: /page", "/page")).toBe(true);
    expect(rule("Allow: /page\nDisallow: /page", "/page")).toBe(true);
  });

  it("has no say when it is empty", () => {
    expect(rule("Disallow:", "/a")).toBe(true);
    expect(rule("Disallow: /\nAllow:", "/a")).toBe(false);
  });

  it("never closes robots.txt itself", () => {
    expect(rule("Disallow: /", "/robots.txt")).toBe(true);
  });
});

describe("a pattern", () => {
  it.each([
    ["/fish", "/fish.html", true],
    ["/fish", "/Fish", false],
    ["/fish", "/catfish", false],
    ["/fish*", "/fishheads/y.php", true],
    ["/*.php", "/folder/any.php?x=1", true],
    ["/*.php$", "/a.php", true],
    ["/*.php$", "/a.php?x=1", false],
    ["/*.php$", "/a.php/b.php", true],
    ["/a*b*c$", "/abbc", true],
    ["/a*b*c$", "/acb", false],
    ["/ab*b$", "/ab", false],
    ["/$", "/", true],
    ["/$", "/a", false],
    ["*/b", "/a/b", true],
    ["/a?b=", "/a?b=1", true],
    ["/foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https%3a%2f%2ffoo.bar", true],
    ["/ü", "/%C3%BC", true],
    ["/%c3%bc", "/ü", true],
    ["/%62ar", "/bar", true],
    ["/a%2Fb", "/a/b", false],
    ["/a%2A", "/ab", false],
  ])("%s and the path %s", (pattern, path, isMatch) => {
    expect(rule(`Disallow: ${pattern}`, path)).toBe(!isMatch);
  });

  it("of thousands of stars is read in no time to speak of", () => {
    expect(rule(`Disallow: /${"a*".repeat(5000)}b`, `/${"a".repeat(20_000)}`)).toBe(true);
  });
});

it("names sitemaps anywhere, and the seconds between requests in the group that counts", () => {
  const read = robots(
    "\ufeffSitemap: https://shop.test/1.xml\rUser-agent: *\rCrawl-delay: 2.5\rDisallow: /a\rsitemap:/2.xml\rUser-agent: x\rCrawl-delay: 60",
  );
  expect(read).toMatchObject({ sitemaps: ["https://shop.test/1.xml", "/2.xml"], crawlDelayMs: 2500 });
  expect(robots("User-agent: *\nCrawl-delay: soon").crawlDelayMs).toBeNull();
});

it("allows everything where it is no robots.txt at all", () => {
  for (const text of ["", "<!doctype html><p>Not found: nothing</p>", "\0:\n:::\nDisallow"])
    expect(allows(text, "/a")).toBe(true);
});
