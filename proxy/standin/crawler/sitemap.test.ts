/** Reading sitemaps in each form they come in. */
import { expect, test } from "vitest";
import { readSitemap } from "./sitemap.ts";

test("names each page once, with entities read and other tags ignored", () => {
  const sitemap = readSitemap(`<?xml version="1.0"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://images.test">
      <url><loc> http://site.test/?a=1&amp;b=2 </loc><lastmod>2026-01-01</lastmod>
        <image:image><image:loc>http://site.test/a.png</image:loc></image:image></url>
      <url><loc>http://site.test/b</loc></url><url><loc>http://site.test/b</loc></url>
      <url><loc>ftp://site.test/c</loc></url><url><loc><![CDATA[http://site.test/d]]></loc></url>
    </urlset>`);
  expect(sitemap).toEqual({
    pages: ["http://site.test/?a=1&b=2", "http://site.test/b", "http://site.test/d"],
    sitemaps: [],
  });
});

test("names the sitemaps of an index, with or without a namespace before their names", () => {
  const index = `<sm:sitemapindex><sm:sitemap><sm:loc>http://site.test/1.xml</sm:loc></sm:sitemap></sm:sitemapindex>`;
  expect(readSitemap(index)).toEqual({ pages: [], sitemaps: ["http://site.test/1.xml"] });
});

test("reads a plain list of addresses", () => {
  expect(readSitemap("http://site.test/a\r\n\r\nnonsense\nhttp://site.test/b\n").pages).toEqual([
    "http://site.test/a",
    "http://site.test/b",
  ]);
});

test("finds nothing in something else", () => {
  expect(readSitemap("")).toEqual({ pages: [], sitemaps: [] });
  expect(readSitemap("<html><p>Not found</p></html>").pages).toEqual([]);
});
