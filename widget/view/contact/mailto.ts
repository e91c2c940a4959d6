/** Builder of `mailto:` addresses with subject and text, no longer than mail programs accept. */
import { codePointsOf } from "../../builtins/code-points.ts";

/** Characters. Windows passes on about two thousand; some programs drop a longer address altogether. */
const maxLength = 1_900;
const leftOut = "[…]\n\n";

type Mail = { address: string; subject: string; text: string };

/** A text that is too long keeps its end, which is what the visitor writes about. */
export function mailtoLink({ address, subject, text }: Mail): { href: string; isCut: boolean } {
  const head = `mailto:${address}?subject=${encodeURIComponent(subject)}`;
  if (text === "") return { href: head, isCut: false };
  const room = maxLength - head.length - "&body=".length;
  const whole = encoded(text);
  if (whole.length <= room) return { href: `${head}&body=${whole}`, isCut: false };
  return {
    href: `${head}&body=${encoded(leftOut)}${endOf(text, room - encoded(leftOut).length)}`,
    isCut: true,
  };
}

/** The end of a text, of at most `room` characters when encoded. */
function endOf(text: string, room: number): string {
  let end = "";
  const letters = codePointsOf(text);
  for (let letter = letters.pop(); letter !== undefined; letter = letters.pop()) {
    const next = encoded(letter) + end;
    if (next.length > room) break;
    end = next;
  }
  return end;
}

/** Lines end in CRLF, as in mail. A lone surrogate, which cannot be encoded, becomes a question mark. */
const encoded = (text: string) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, "?").replace(/\r?\n/g, "\r\n"));
