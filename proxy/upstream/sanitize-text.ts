/** Sanitizer of upstream's short texts: one line, no invisible characters, bounded. */

// Control characters, and those that reorder or hide text: a source's title must not be able to spoof another.
const invisible = /[\p{Cc}\u2028\u2029]+/gu;
const reordering = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** One line of at most `maxLength` UTF-16 units, or null when the value is no text or an empty text. */
export function tidy(value: unknown, maxLength: number): string | null {
  if (typeof value !== "string") return null;
  const line = value
    .slice(0, maxLength * 4)
    .replace(reordering, "")
    .replace(invisible, " ")
    .replace(/\s+/g, " ")
    .trim();
  return clip(line, maxLength) || null;
}

/** Cuts a text without leaving half a character behind. */
function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  return endsInHighSurrogate(cut) ? cut.slice(0, -1) : cut;
}

/** Whether a text ends in the first half of a surrogate pair. */
export function endsInHighSurrogate(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
