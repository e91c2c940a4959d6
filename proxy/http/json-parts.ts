/** Count of a JSON text's parts before it is parsed: nesting and names cost more than length. */

/** Our bodies have about ten; unknown ones of clients are ignored, up to this number. */
const maxParts = 1000;

const [quote = 0, escape = 0, ...structure] = Buffer.from('"\\{[,:');
const isStructure = new Set(structure);

/** Counts the signs that start or separate members of objects and lists, outside of strings. */
export function hasManyParts(json: Uint8Array): boolean {
  let parts = 0;
  let isText = false;
  for (let at = 0; at < json.length && parts <= maxParts; at++) {
    const sign = json[at] ?? 0;
    if (sign === quote) isText = !isText;
    else if (isText && sign === escape) at++;
    else if (!isText && isStructure.has(sign)) parts++;
  }
  return parts > maxParts;
}
