/** Autolinks: URLs and mail addresses in the text, `https://…`, `www.…`, `name@host`, with or without `<…>`. */
import { matchAt, readAt } from "./links.ts";

export type Autolink = { readonly text: string; readonly address: string; readonly end: number };

const bracketed = /<([a-z][a-z\d+.-]{1,31}:[^\s<>\p{Cc}]*)>/iuy;
const domainLabel = "[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?";
const bracketedMail = new RegExp(`<([\\w.!#$%&'*+/=?^\`{|}~-]+@${domainLabel}(?:\\.${domainLabel})*)>`, "iy");
// Punctuation between two letters of a name, as in `/wiki/Michelson–Morley`. Other punctuation than ASCII's ends an
// address, also where no space follows, and so do mathematical signs such as `～` and marks of direction.
const joiners = "’–‐‑·・־׳״";
const bare = new RegExp(
  `(?:https?://|www\\.)[\\p{L}\\p{N}](?:[!-;=-~${joiners}]|[^\\s<\\p{P}\\p{Sm}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]){0,2048}`,
  "iuy",
);
/** Matches where a sentence in a script without spaces, or a Korean or Japanese particle, follows an address directly. */
const goesOn =
  /(?<=[a-z\d)*~'";!\]}])[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\u{20000}-\u{3ffff}]|(?<=\/)[を를]|(?<=^\w+:\/\/[^/]+\/)[\u3041-\u309f]/iu;
/** Characters that belong to the sentence at the end of an address. In one class Chromium 156 misses the emoji. */
const tail = /(?:[?!.,:;*_~'"]|(?![!-~])(?:\p{P}|\p{S}|[\ufe0f\u200d])|[\ud800-\udbff])$/u;
const tailOrMore = new RegExp(`^(?:[?!.,:;)*_~'"${joiners}]|&\\w*|(?![!-~])[\\p{S}\ufe0f\u200d])*$`, "u");
const host = /^(?:https?:\/\/)?([^/?#:]*)/i;
/** A mail address's local part, and a scheme before it. An address of a chat protocol is neither mail nor a link. */
const mailName = /(?:^|[^<\\\w.+-])((?:mailto:|xmpp:)?)([\w.+-]{1,64})$/i;
const mailDomain = /@(?:[\w-]+\.)+[\w-]*[a-z\d](?![\w-])/iy;
const chatRoom = /\/[\w@.]*[a-z\d]/iy;

/** Parses `<address>` at a position. */
export function readBracketed(text: string, at: number): Autolink | null {
  const link = readAt(bracketed, text, at);
  const found = link ?? readAt(bracketedMail, text, at);
  return found && { text: found.value, address: (link ? "" : "mailto:") + found.value, end: found.end };
}

/** Drops trailing characters that more likely belong to the sentence than to the address, as in GFM. */
function withoutTail(address: string): string {
  let end = address.length;
  let spare = address.split(")").length - address.split("(").length;
  for (; end > 0; end--) {
    const sign = address[end - 1] ?? "";
    if (sign === ";") {
      const entity = /&[a-z\d]{1,32};$/i.exec(address.slice(Math.max(0, end - 34), end));
      if (entity) end -= entity[0].length - 1;
    } else if (sign === ")") {
      if (spare-- <= 0) break;
    } else if (!tail.test(address.slice(Math.max(0, end - 2), end))) break;
  }
  return address.slice(0, end);
}

/** Whether only characters follow that belong to the address if it continues. */
export function mayGoOn(text: string, end: number): boolean {
  return tailOrMore.test(text.slice(end, end + 40));
}

/** Parses `https://…` or `www.…` at a position; in brackets it ends at the bracket. */
export function readBare(text: string, at: number, inBrackets: boolean): Autolink | null {
  if (/[a-z\d/.@:<-]/i.test(text[at - 1] ?? "")) return null;
  const found = matchAt(bare, text, at)?.[0] ?? "";
  const whole = inBrackets ? (found.split("]")[0] ?? "") : found;
  const written = withoutTail(whole.slice(0, goesOn.exec(whole)?.index));
  if (!written || /^www\.?$/i.test(written)) return null;
  // As on GitHub, the last two labels of a host name have no `_`.
  if (host.exec(written)?.[1]?.split(".").slice(-2).join("").includes("_")) return null;
  const address = /^www/i.test(written) ? `http://${written}` : written;
  return { text: written, address, end: at + written.length };
}

/** Parses a mail address whose `@` is at a position; its local part, or the scheme, must not start before `from`. */
export function readMail(text: string, at: number, from: number): Autolink | null {
  const [, scheme = "", name] = mailName.exec(text.slice(Math.max(from, at - 75), at)) ?? [];
  const domain = name && matchAt(mailDomain, text, at);
  if (!domain) return null;
  const mail = name + domain[0];
  const end = mailDomain.lastIndex;
  if (/^x/i.test(scheme)) {
    const room = matchAt(chatRoom, text, end)?.[0] ?? "";
    const address = scheme + mail + room;
    return { text: address, address, end: end + room.length };
  }
  return { text: scheme + mail, address: `mailto:${mail}`, end };
}
