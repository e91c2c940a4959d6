/** Code points of a text, also where a page has replaced `Array.from`. */

export function codePointsOf(text: string): string[] {
  const found: string[] = [];
  for (const character of text) found.push(character);
  return found;
}
