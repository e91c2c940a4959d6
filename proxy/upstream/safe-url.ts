/** Filter of URLs that upstream names: only those that a browser can open without the key. */

const maxLength = 2000;

/** Paths of the API's own file preview, which needs the key (contract section 5). */
const preview = /\/api\/v\d+\/preview\//i;

/** The normalised http or https URL; null if relative, of another scheme, with credentials, too long, or where the key is needed. */
export function webAddress(value: unknown): string | null {
  if (typeof value !== "string" || value.length > maxLength) return null;
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  if (url.username !== "" || url.password !== "" || preview.test(url.pathname)) return null;
  return url.href.length <= maxLength ? url.href : null;
}

/** The first of the values that is usable. */
export function firstWebAddress(...values: unknown[]): string | null {
  for (const value of values) {
    const address = webAddress(value);
    if (address) return address;
  }
  return null;
}

/** The URL of a picture: usable, and not the video that some agents have as avatar. */
export function pictureAddress(value: unknown): string | null {
  const address = webAddress(value);
  return address && !/\.(webm|mp4|mov)$/i.test(new URL(address).pathname) ? address : null;
}
