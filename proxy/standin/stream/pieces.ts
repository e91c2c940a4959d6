/** Pieces in which an answer is streamed. */

/** About one word each, long words in two or three; leading spaces stay with their word, as recorded. */
const wordish = /\s*(?:[\p{L}\p{N}_]{1,8}|[^\s\p{L}\p{N}_]+)|\s+/gu;

/** So that a long answer is not slower than a patient reader. */
const maxPieces = 180;

/** The pieces joined are the answer. */
export function piecesOf(text: string): string[] {
  const words = text.match(wordish) ?? [];
  const together = Math.ceil(words.length / maxPieces);
  const pieces: string[] = [];
  for (let start = 0; start < words.length; start += together) {
    pieces.push(words.slice(start, start + together).join(""));
  }
  return pieces;
}
