/** Address of a site's sitemap: the one given, one that robots.txt names, or one at a usual place. */

type FetchText = (address: URL, signal: AbortSignal) => Promise<string | null>;

const usualPlaces = ["/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml"];

const isSitemap = (text: string) => /<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/.test(text.slice(0, 4000));

/** As people type it: `example.com` is meant as https. Null for what is no web address. */
export function webAddress(written: string): URL | null {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  return url && /^https?:$/.test(url.protocol) && (url.hostname.includes(".") || url.hostname === "localhost")
    ? url
    : null;
}

/** Null where none is found; the given address is then to be taken as it is, or mended by the owner. */
export async function findSitemap(
  given: URL,
  fetchText: FetchText,
  signal: AbortSignal,
): Promise<URL | null> {
  if (/\.xml(\.gz)?$/i.test(given.pathname)) return given;
  const robots = await fetchText(new URL("/robots.txt", given), signal);
  const named = [...(robots ?? "").matchAll(/^\s*sitemap:\s*(\S+)/gim)].map(([, address = ""]) => address);
  const candidates = [given.href, ...named, ...usualPlaces];
  for (const candidate of candidates) {
    if (!URL.canParse(candidate, given)) continue;
    const address = new URL(candidate, given);
    const text = await fetchText(address, signal);
    if (text !== null && isSitemap(text)) return address;
  }
  return null;
}
