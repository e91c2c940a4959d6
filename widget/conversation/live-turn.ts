/** Turns: finished ones as plain frozen data, and the live one with its signals. */
import { signal } from "@preact/signals";
import type { TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import { contain, report } from "./contain.ts";
import type { Phase, FinishedTurn, PendingTurn, TurnOutcome, LiveTurn } from "./types.ts";

export function createLiveTurn(pending: PendingTurn, remote = false): LiveTurn {
  const answer = signal("");
  const phase = signal<Phase>("waiting");
  return {
    controller: new AbortController(),
    view: { id: pending.name, question: pending.question, page: pending.page, answer, phase },
    pending,
    citations: [],
    wanted: true,
    remote,
    sent: false,
    over: Promise.resolve(),
    // What hangs on them is not theirs: a piece that was heard is heard, whatever the view makes of it.
    append(text) {
      try {
        answer.value += text;
      } catch (error) {
        report(error);
      }
    },
    setPhase(next) {
      contain(() => (phase.value = next));
    },
  };
}

export function finishTurn(
  { pending, view, citations }: Readonly<LiveTurn>,
  ending: TurnOutcome,
): FinishedTurn {
  if (ending.end === "stored")
    return Object.freeze({ ...turnFromTranscript(ending.stored, pending.name), page: pending.page });
  const answer = view.answer.value;
  return Object.freeze({
    id: pending.name,
    question: pending.question,
    answer,
    page: pending.page,
    citations,
    message: ending.end === "answered" ? ending.message : null,
    reaction: "neutral" as const,
    ...(ending.end === "answered"
      ? answered(answer)
      : { end: ending.end, problem: ending.end === "failed" ? ending.problem : null }),
  });
}

/** An answer without a word is none: whoever asked is told so, and may ask again. */
const answered = (answer: string): Pick<FinishedTurn, "end" | "problem"> =>
  answer.trim() ? { end: "answered", problem: null } : { end: "failed", problem: { code: "no-answer" } };

export const turnFromTranscript = (stored: TranscriptMessage, id: string): FinishedTurn =>
  Object.freeze({
    id,
    question: stored.prompt,
    answer: stored.answer,
    citations: stored.citations,
    message: stored.message,
    reaction: stored.reaction,
    ...answered(stored.answer),
  });
