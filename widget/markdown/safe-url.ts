/** Allow-list of addresses that an answer may link to. */

const safeProtocols = new Set(["http:", "https:", "mailto:", "tel:"]);
const maxUrlLength = 2000;

/**
 * Takes an address with its escapes already decoded and returns the parsed `href`, or null when it is no address,
 * longer than 2000 characters, of a scheme other than http, https, mailto and tel, or relative without a `base`.
 * What is checked is what is returned: the parsed form, never the text.
 */
export function safeLink(address: string, base?: string): string | null {
  // Without a base only an address with a scheme is valid; an exception for others would be slow.
  if (address.length > maxUrlLength || !(base || address.includes(":"))) return null;
  try {
    // A backslash in markdown is literal; the URL parser would read it as a slash.
    const url = new URL(address.replace(/[\\[\]]/g, encodeURIComponent), base);
    return safeProtocols.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
