/** Character references (`&amp;`, `&#39;`) and backslash escapes: decodes them. */

// The names that occur in answers. A name not listed here stays as it was written.
const names = new Map(
  (
    "amp& lt< gt> quot\" apos' nbsp\u00a0 copy© reg® trade™ hellip… mdash— ndash– lsquo‘ rsquo’ ldquo“ rdquo” " +
    "laquo« raquo» bull• middot· sect§ deg° plusmn± times× divide÷ euro€ pound£ yen¥ cent¢ rarr→ larr← le≤ ge≥ ne≠ " +
    "frac12½ frac14¼ frac34¾ auml\u00e4 ouml\u00f6 uuml\u00fc Auml\u00c4 Ouml\u00d6 Uuml\u00dc szlig\u00df eacute\u00e9 egrave\u00e8 AElig\u00c6"
  )
    .split(" ")
    .map((entry): [string, string] => [entry.slice(0, -1), entry.slice(-1)]),
);

const escapeOrReference = /\\([!-/:-@[-`{-~])|&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,31});/g;

/** Returns the characters that `name` (as between `&` and `;`) stands for, or undefined when it is unknown. */
function decodeReference(name: string): string | undefined {
  if (name[0] !== "#") return names.get(name);
  const code = /x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  const usable = code && code < 0x110000 && (code < 0xd800 || code > 0xdfff);
  return String.fromCodePoint(usable ? code : 0xfffd);
}

/** Decodes all escapes and references of an address, a title or a code block's language. */
export function unescape(text: string): string {
  return text.replace(escapeOrReference, (whole: string, escaped?: string, name?: string) =>
    name ? (decodeReference(name) ?? whole) : (escaped ?? whole),
  );
}
