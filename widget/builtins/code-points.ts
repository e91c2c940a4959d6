/** A text's characters, an emoji being one, also where a page has another `Array.from`. */

export function codePointsOf(text: string): string[] {
  const found: string[] = [];
  for (const character of text) found.push(character);
  return found;
}
