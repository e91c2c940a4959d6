/** Recovery of an answer after a crash, from upstream's stored messages; nothing is asked again. */
import { createAnswerText } from "./answer-text.ts";
import { UpstreamFailure } from "../errors.ts";
import type { KeyGuard } from "../redact-key.ts";
import type { createStoredAnswers } from "./find-stored-answer.ts";
import type { SendCitations } from "./citations.ts";
import type { Upstream } from "../types.ts";

export function createRecover(options: {
  guard: KeyGuard;
  storedAnswers: ReturnType<typeof createStoredAnswers>;
  sendCitations: SendCitations;
  /** Called when the answer was found. */
  recovered(project: number, detail: string): void;
}): Upstream["recover"] {
  const { guard, storedAnswers } = options;

  return async function recover(question, soFar, sink, signal) {
    const found = await storedAnswers.findLate(question, soFar, signal);
    if (!found) throw new UpstreamFailure("answer-cut", "an abandoned answer that was not stored");
    options.recovered(question.project, "an abandoned answer");
    const text = createAnswerText(guard, (piece) => sink.delta(piece));
    text.push(found.rest);
    text.complete();
    const { id, citations } = found.record;
    await options.sendCitations(question.project, citations, sink, signal);
    return { message: id };
  };
}
