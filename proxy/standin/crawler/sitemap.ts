/** Sitemap parser: the pages or the sitemaps that it names. */
import { Parser } from "htmlparser2";

export type Sitemap = { pages: string[]; sitemaps: string[] };

/** Each address once, in order. Takes the XML form, an index of sitemaps, and plain text with an address a line. */
export function readSitemap(text: string): Sitemap {
  const pages = new Set<string>();
  const sitemaps = new Set<string>();
  if (!/<(\w+:)?(urlset|sitemapindex)[\s>]/i.test(text)) {
    for (const line of text.split(/\r?\n/)) if (isAddress(line.trim())) pages.add(line.trim());
    return { pages: [...pages], sitemaps: [] };
  }
  const open: string[] = [];
  let written = "";
  const parser = new Parser(
    {
      onopentag(name) {
        open.push(localName(name));
        written = "";
      },
      ontext(part) {
        written += part;
      },
      onclosetag() {
        const name = open.pop();
        const parent = open.at(-1);
        const address = written.trim();
        if (name !== "loc" || !isAddress(address)) return;
        if (parent === "url") pages.add(address);
        if (parent === "sitemap") sitemaps.add(address);
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  return { pages: [...pages], sitemaps: [...sitemaps] };
}

/** Without its namespace: `sm:loc` is `loc`. */
function localName(name: string): string {
  return (name.split(":").at(-1) ?? name).toLowerCase();
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
