/** Text of one answer: without the key, bounded, in pieces that are neither empty nor end within a character. */
import { UpstreamFailure } from "../errors.ts";
import type { KeyGuard } from "../redact-key.ts";
import { endsInHighSurrogate } from "../sanitize-text.ts";

/** UTF-16 units, some 32,000 tokens: no answer in a chat is longer, and a streaming answer takes twice as much memory. */
const maxLength = 128_000;

export type AnswerText = ReturnType<typeof createAnswerText>;

export function createAnswerText(guard: KeyGuard, delta: (text: string) => void) {
  const watch = guard.watch();
  let soFar = "";
  let pendingSurrogate = "";

  function emit(text: string) {
    const piece = pendingSurrogate + text;
    pendingSurrogate = endsInHighSurrogate(piece) ? piece.slice(-1) : "";
    const whole = pendingSurrogate ? piece.slice(0, -1) : piece;
    if (whole !== "") delta(whole);
  }

  return {
    push(text: string): void {
      if (soFar.length + text.length > maxLength) {
        throw new UpstreamFailure("answer-cut", "an answer beyond all bounds");
      }
      soFar += text;
      emit(watch.pass(text));
    },
    /** All text that was pushed, also what is still held back. */
    soFar: (): string => soFar,
    /** Emits what was held back; call once, when the answer is complete. */
    complete(): void {
      emit(watch.rest());
      if (pendingSurrogate !== "") delta(pendingSurrogate);
      pendingSurrogate = "";
    },
  };
}
