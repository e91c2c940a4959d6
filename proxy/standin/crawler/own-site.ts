/** Which addresses belong to a site. */

/** Whether both are on one site: the same host, with or without "www.", on the same port or the usual ones of http and https. */
export function isSameSite(one: URL, other: URL): boolean {
  return [one, other].every(isWeb) && siteName(one) === siteName(other) && one.port === other.port;
}

/** The host without "www.", as people call the site. */
export function siteName({ hostname }: URL): string {
  return hostname.replace(/\.$/, "").replace(/^www\.(?=.*\.)/, "");
}

const isWeb = ({ protocol }: URL) => protocol === "http:" || protocol === "https:";

/** Endings of files that are no pages, so that nobody has to send them to find out. */
const fileEnding =
  /\.(pdf|jpe?g|png|gif|webp|avif|svg|ico|zip|gz|mp[34]|mov|webm|docx?|xlsx?|pptx?|csv|css|m?js|xml|json|rss|atom)$/i;

/** Whether an address may be that of a page, as far as one can see. */
export const mayBePage = ({ pathname }: URL): boolean => !fileEnding.test(pathname);
