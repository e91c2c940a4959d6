/** Finished answer as one JSON object, for clients that cannot stream. */
import type { WholeAnswer } from "../protocol/bodies.ts";

/** `answer` is JSON-escaped, without quotation marks; `citations` is a JSON array. */
export type WholeParts = Omit<WholeAnswer, "answer" | "citations"> & {
  answer: Uint8Array;
  citations: string;
};

/** The answer's bytes are copied: decoding a long answer and encoding it again would take a hundred times as long. */
export function wholeAnswer({ answer, citations, ...rest }: WholeParts): Uint8Array<ArrayBuffer> {
  const before = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"answer":"`);
  const after = Buffer.from(`","citations":${citations}}`);
  // Kept for minutes, so not allocated from Node's pool for short-lived buffers.
  const bytes = Buffer.alloc(before.length + answer.length + after.length);
  bytes.set(before);
  bytes.set(answer, before.length);
  bytes.set(after, before.length + answer.length);
  return bytes;
}
