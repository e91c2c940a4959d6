/** The rest of an answer whose asker is gone, from what upstream has stored; nothing is asked again. */
import { createAnswerText } from "./answer-text.ts";
import type { Citations } from "./citations.ts";
import { UpstreamFailure } from "../errors.ts";
import type { KeyGuard } from "../redact-key.ts";
import type { createRescue } from "./find-stored-answer.ts";
import type { Upstream } from "../types.ts";

export function createRecover(options: {
  guard: KeyGuard;
  citations: Citations;
  rescue: ReturnType<typeof createRescue>;
  /** Told when the answer was found. */
  rescued(project: number, detail: string): void;
}): Upstream["recover"] {
  const { guard, citations, rescue } = options;

  return async function recover(question, soFar, sink, signal) {
    const found = await rescue.late(question, soFar, signal);
    if (!found) throw new UpstreamFailure("answer-cut", "an abandoned answer that was not stored");
    options.rescued(question.project, "an abandoned answer");
    const text = createAnswerText(guard, (piece) => sink.delta(piece));
    text.push(found.rest);
    text.complete();
    const { id, citations: sources } = found.record;
    if (sources.length > 0) {
      guard.refuseKeyIn(sources);
      const resolved = await citations.ofAnswer(question.project, sources, signal);
      signal.throwIfAborted();
      if (resolved.length > 0) sink.citations(resolved);
    }
    return { message: id };
  };
}
