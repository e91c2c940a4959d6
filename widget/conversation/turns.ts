/** Makes turns: settled ones as plain frozen data, and the live one with its signals. */
import { signal } from "@preact/signals";
import type { Citation, TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import type { Ending } from "./follow-turn.ts";
import type { GrowingTurn, Phase, SettledTurn } from "./turn.ts";
import type { Pending } from "./world.ts";

export type LiveTurn = {
  readonly controller: AbortController;
  /** The same turn as the view sees it. */
  readonly seen: GrowingTurn;
  /** As it is to be remembered. */
  pending: Pending;
  citations: readonly Citation[];
  /** Whether the visitor still waits for it. */
  wanted: boolean;
  /** Settles when nothing more comes of it. */
  over: Promise<void>;
  hear(text: string): void;
  setPhase(phase: Phase): void;
};

export function createLiveTurn(pending: Pending): LiveTurn {
  const answer = signal("");
  const phase = signal<Phase>("waiting");
  return {
    controller: new AbortController(),
    seen: { id: pending.id, question: pending.question, answer, phase },
    pending,
    citations: [],
    wanted: true,
    over: Promise.resolve(),
    hear(text) {
      answer.value += text;
    },
    setPhase(next) {
      phase.value = next;
    },
  };
}

export function settle({ pending, seen, citations }: LiveTurn, ending: Ending): SettledTurn {
  if (ending.end === "stored") return Object.freeze({ ...settledFrom(ending.stored), id: pending.id });
  return Object.freeze({
    id: pending.id,
    question: pending.question,
    answer: seen.answer.value,
    citations,
    message: ending.end === "answered" ? ending.message : null,
    reaction: "neutral" as const,
    end: ending.end,
    problem: ending.end === "failed" ? ending.problem : null,
  });
}

export const settledFrom = (stored: TranscriptMessage): SettledTurn =>
  Object.freeze({
    id: stored.message,
    question: stored.prompt,
    answer: stored.answer,
    citations: stored.citations,
    message: stored.message,
    reaction: stored.reaction,
    end: "answered" as const,
    problem: null,
  });
