/** Finds addresses written out in the text: `https://…`, `www.…`, mail addresses, and `<…>` around one. */
import { matchAt } from "./links.ts";

export type Autolink = { readonly text: string; readonly address: string; readonly end: number };

const bracketed = /<([a-z][a-z\d+.-]{1,31}:[^\s<>\p{Cc}]*)>/iuy;
const domainLabel = "[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?";
const bracketedMail = new RegExp(`<([\\w.!#$%&'*+/=?^\`{|}~-]+@${domainLabel}(?:\\.${domainLabel})*)>`, "iy");
// An address ends before East Asian punctuation, which no sentence separates from it by a space.
const bare = /(?:https?:\/\/|www\.)[^\s<_.\-?!*'")\]][^\s<\u3000-\u303f\uff00-\uffef]*/iy;
const mailName = /(?:^|[^<\\\w.+-])([\w.+-]{1,64})$/;
const mailDomain = /@(?:[\w-]+\.)+[\w-]*[a-z\d](?![\w-])/iy;
/** A scheme that may stand before a mail address. That of a chat is no mail address, and no link of ours. */
const mailScheme = /(?:^|[^<\\\w.+-])(mailto:|xmpp:)$/i;
const chatRoom = /\/[\w@.]*[a-z\d]/iy;

/** Reads `<address>` at a place. */
export function readBracketed(text: string, at: number): Autolink | null {
  const link = matchAt(bracketed, text, at);
  const mail = link ? null : matchAt(bracketedMail, text, at);
  const found = link ?? mail;
  const address = found?.[1] ?? "";
  return found && { text: address, address: mail ? `mailto:${address}` : address, end: at + found[0].length };
}

/** Drops what more likely belongs to the sentence than to the address, as GFM says. */
function withoutTail(address: string): string {
  let end = address.length;
  let spare = address.split(")").length - address.split("(").length;
  for (; end > 0; end--) {
    const sign = address[end - 1] ?? "";
    if (sign === ";") {
      const entity = /&[a-z\d]{1,32};$/i.exec(address.slice(Math.max(0, end - 34), end));
      if (!entity) break;
      end -= entity[0].length - 1;
    } else if (sign === ")") {
      if (spare-- <= 0) break;
    } else if (!"?!.,:*_~'\"”’".includes(sign)) break;
  }
  return address.slice(0, end);
}

/** Whether nothing follows an address but signs that belong to it if it goes on. */
export function mayGoOn(text: string, end: number): boolean {
  return /^(?:[?!.,:;)*_~'"”’]|&\w*)*$/.test(text.slice(end, end + 40));
}

/** Reads `https://…` or `www.…` at a place; in brackets it ends at the bracket. */
export function readBare(text: string, at: number, inBrackets: boolean): Autolink | null {
  if (/[\w/.@:<-]/.test(text[at - 1] ?? "")) return null;
  const found = matchAt(bare, text, at)?.[0] ?? "";
  const written = withoutTail(inBrackets ? (found.split("]")[0] ?? "") : found);
  if (!written || /^(?:https?:\/*|www\.?)$/i.test(written)) return null;
  const address = /^www/i.test(written) ? `http://${written}` : written;
  return { text: written, address, end: at + written.length };
}

/** Reads a mail address whose `@` is at a place; its name, or the scheme before that, must not begin before `from`. */
export function readMail(text: string, at: number, from: number): Autolink | null {
  const before = text.slice(Math.max(from, at - 75), at);
  const name = mailName.exec(before.slice(-65))?.[1];
  const domain = name && matchAt(mailDomain, text, at);
  if (!domain) return null;
  const [, scheme = ""] = mailScheme.exec(before.slice(0, -name.length)) ?? [];
  const end = at + domain[0].length;
  if (/^x/i.test(scheme)) {
    const room = matchAt(chatRoom, text, end)?.[0] ?? "";
    const address = scheme + name + domain[0] + room;
    return { text: address, address, end: end + room.length };
  }
  const mail = name + domain[0];
  return { text: scheme + mail, address: `mailto:${mail}`, end };
}
