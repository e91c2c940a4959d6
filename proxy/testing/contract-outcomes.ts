/** Outcome of an answer for each fault of the service, which the proxy and WordPress' relay must agree on. */
import { isProblemCode, type ProblemCode } from "../protocol/problems.ts";
import type { FaultName } from "../standin/standin.ts";
import { answerOf, readEvents, readRefusal, type ReadEvent } from "./read-events.ts";

/** Outcome of an answer when the fault hits the sending of its question. */
type Outcome =
  | "whole"
  /** All of the text; its sources are told differently, or not. */
  | "whole text"
  /** Some of the text, then the problem. */
  | { cut: ProblemCode }
  /** No text, and the problem only after the new conversation was told. */
  | { late: ProblemCode }
  | { refused: ProblemCode; retryAfter?: number };

/** The faults an answer can meet; the compiler asks for a line when the stand-in learns a new one. */
export const outcomes: Record<Exclude<FaultName, CitationFault | ProfileFault | ListFault>, Outcome> = {
  unauthorized: { refused: "agent-unavailable" },
  forbidden: { refused: "agent-unavailable" },
  "not-found": { refused: "agent-unavailable" },
  "out-of-credits": { refused: "budget-used-up" },
  throttled: { refused: "upstream-busy", retryAfter: 2 },
  "throttled-bare": { refused: "upstream-busy" },
  unprocessable: { refused: "bad-request" },
  "server-error": { refused: "upstream-down" },
  "bad-gateway": { refused: "upstream-down" },
  unavailable: { refused: "upstream-busy", retryAfter: 3 },
  leaking: { refused: "upstream-down" },
  redirect: { refused: "upstream-down" },
  "stalled-before-headers": { late: "upstream-down" },
  "stream-error-message": { cut: "answer-cut" },
  "stream-error-field": { cut: "answer-cut" },
  "stream-error-object": { cut: "answer-cut" },
  "stream-error-data": { cut: "answer-cut" },
  "stream-error-named": { cut: "answer-cut" },
  "end-without-finish": "whole",
  "end-without-finish-unstored": { cut: "answer-cut" },
  "end-before-finish": "whole",
  "connection-cut": "whole",
  "connection-cut-unstored": { cut: "answer-cut" },
  "stalled-stream": "whole",
  "done-instead-of-finish": "whole",
  "finish-by-name": "whole",
  "complete-instead-of-finish": "whole",
  "unnamed-events": "whole",
  "message-events": "whole",
  crlf: "whole",
  "no-space-after-colon": "whole",
  "several-data-lines": "whole",
  "no-last-blank-line": "whole",
  heartbeats: "whole",
  "null-data": "whole",
  "strange-frames": "whole",
  "split-utf8": "whole",
  "byte-by-byte": "whole",
  "one-big-delta": "whole",
  slow: "whole",
  "json-instead-of-stream": "whole",
  "text-in-content": "whole",
  "text-in-openai-response": "whole",
  "text-in-choices": "whole",
  "text-bare": "whole",
  "text-repeated-in-finish": "whole",
  "empty-answer": { refused: "answer-cut" },
  "decimal-citations": "whole",
  "object-citations": "whole",
  "null-citations": "whole text",
  "absent-citations": "whole text",
  "early-citations": "whole",
  "junk-citations": "whole",
};

export type CitationFault =
  "citation-missing" | "citation-without-url" | "citation-javascript-url" | "citation-empty";
export type ProfileFault = "settings-2023" | "settings-nulls" | "settings-zero-one";
export type ListFault = "odd-dates";

export const faultNames = Object.keys(outcomes).filter((name): name is keyof typeof outcomes =>
  Object.hasOwn(outcomes, name),
);

/** What a browser got, in the words of the table above. */
export async function outcomeOf(
  response: Response,
  whole: string,
): Promise<Outcome | { text: string; events: ReadEvent[] }> {
  if (response.status !== 200) {
    const { code, ...rest } = await readRefusal(response);
    if (!isProblemCode(code)) throw new Error(`No such code: ${code}`);
    return rest.retryAfter === undefined ? { refused: code } : { refused: code, retryAfter: rest.retryAfter };
  }
  const events = await readEvents(response);
  const text = answerOf(events);
  const last = events.at(-1);
  if (last?.event === "problem" && isProblemCode(last.data.code)) {
    if (text === "") return { late: last.data.code };
    if (whole.startsWith(text)) return { cut: last.data.code };
  }
  if (last?.event !== "done" || last.data.message === null || text !== whole) return { text, events };
  const sources = events.at(-2);
  const isSame =
    sources?.event === "citations" && sources.data.map(({ title }) => title).join() === "Opening hours";
  return isSame ? "whole" : "whole text";
}

/** A head is held back for a quarter of a second, which sixty services at once on a busy machine may need. */
export const isLate = (found: object | string, outcome: Outcome): boolean =>
  typeof found === "object" && typeof outcome === "object" && "refused" in outcome && "late" in found
    ? found.late === outcome.refused
    : false;
