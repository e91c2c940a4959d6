/** Parser of the contact option, apart from the others, which come with the panel. */
import type { Option } from "./parsers.ts";

const maxLength = 2_000;

/** Whether it can be one; `URL.canParse` is younger than the engines the chat is for. */
function isAddress(words: string): boolean {
  try {
    return Boolean(new URL(words));
  } catch {
    return false;
  }
}

/** A mail address, bare or with `mailto:`, a `tel:` number, or an http or https address; parsed to an address, or `off`. */
export const contact = /* @__NO_SIDE_EFFECTS__ */ (): Option<string | null> => ({
  fallback: null,
  read: (given) => {
    if (typeof given !== "string" || given.length > maxLength) return undefined;
    const words = given.trim().replace(/^tel:.*$/i, (number) => number.replace(/\s/g, ""));
    const mail = /^(?:mailto:)?([^\s@:/?#&%]+@[^\s@:/?#&%]+)$/i.exec(words)?.[1];
    if (mail) return `mailto:${mail}`;
    if (/^off$/i.test(words)) return "off";
    return /^(tel:\+?[\d().-]+|https?:\/\/[^\s/]+\S*)$/i.test(words) && isAddress(words) ? words : undefined;
  },
});
