/** Finished answer as one JSON object, for clients that cannot stream. */
import type { WholeAnswer } from "../protocol/bodies.ts";

/** `answer` is as it stands in JSON, between its quotation marks; `citations` is their list as JSON. */
export type WholeParts = Omit<WholeAnswer, "answer" | "citations"> & {
  answer: Uint8Array;
  citations: string;
};

/** Written around the answer's bytes: to read a long answer and write it anew would take a hundred times as long. */
export function wholeAnswer({ answer, citations, ...rest }: WholeParts): Uint8Array<ArrayBuffer> {
  const before = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"answer":"`);
  const after = Buffer.from(`","citations":${citations}}`);
  // Kept for minutes, so not of the memory that Node makes its short-lived buffers from.
  const bytes = Buffer.alloc(before.length + answer.length + after.length);
  bytes.set(before);
  bytes.set(answer, before.length);
  bytes.set(after, before.length + answer.length);
  return bytes;
}
