/** Why nothing of a site can be read, in sentences that tell its operator what to do. */
import { DownloadFailed } from "./download.ts";
import { forbidden, otherSite, product } from "./polite-fetching.ts";

/** A site of which nothing can be read; the message is for its operator. */
export class SiteUnreadable extends Error {}

/** The front page could not be read. */
export function whyUnreadable(address: URL, cause: unknown): string {
  const { host } = address;
  const codes = codesOf(cause);
  if (/ENOTFOUND|EAI_AGAIN/.test(codes))
    return `No server is known by the name ${address.hostname}. Check its spelling, and whether this machine is connected to the internet.`;
  if (/ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|CONNECT_TIMEOUT/.test(codes))
    return `Nothing answers at ${address.origin}. Check the address (https or http, and the port), and whether this machine is connected to the internet.`;
  if (/not on the open internet/.test(codes))
    return `${host} leads into a private network, which is read only where the address given is itself in it.`;
  if (/CERT|certificate|SSL|TLS/i.test(codes))
    return `The certificate of ${host} could not be verified. Open ${address.href} in a browser to see why.`;
  if (!(cause instanceof DownloadFailed)) return `${address.href} could not be read.`;
  if (cause.reason === forbidden)
    return `The robots.txt of ${host} closes ${address.href} to programs. ${letUsIn}`;
  if (cause.reason === otherSite)
    return `${address.href} leads to another site. If that one is meant, give its address: npm start -- --site ${cause.address.origin}`;
  const keptOut = [401, 403, 406, 429].includes(cause.status ?? 0)
    ? ` The site may keep programs out: let the user agent ${product} in, or give the address of a copy on this machine.`
    : " Open it in a browser to see whether the site answers, then start again.";
  return `${cause.message}.${keptOut}`;
}

const letUsIn = `If the site is yours, add these lines to it and start again:\n\n  User-agent: ${product}\n  Allow: /\n`;

/** Pages were found, and none could be read. */
export function whyEmpty(address: URL, leftOut: ReadonlyMap<string, number>): string {
  const reasons = [...leftOut].map(([reason, count]) => `  ${count} × ${reason}`);
  const how = leftOut.has(forbidden)
    ? ` ${letUsIn}`
    : " Give the address of a site whose pages have text without running scripts.";
  return `No page of ${address.host} could be read:\n${reasons.join("\n")}\n${how.trim()}`;
}

/** Codes and messages of an error and of what caused it. */
function codesOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  const code = "code" in cause ? String(cause.code) : "";
  return `${code} ${cause.message} ${codesOf(cause.cause)}`;
}
