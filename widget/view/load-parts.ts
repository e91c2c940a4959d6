/** Fetches the parts that only answers need, once, and knows whether they are there. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type * as Parts from "./answer-parts.ts";

export type AnswerParts = typeof Parts;

/** `missing` means that fetching failed: answers are then shown as plain text. */
export type PartsState = AnswerParts | "coming" | "missing";

type PartsLoader = {
  readonly state: ReadonlySignal<PartsState>;
  /** Fetches the parts if they are not there yet; after a failure, the next call tries again. Never rejects. */
  readonly fetch: () => Promise<void>;
};

export function createPartsLoader(load: () => Promise<AnswerParts>): PartsLoader {
  const state = signal<PartsState>("coming");
  let fetching: Promise<AnswerParts> | null = null;
  return {
    state,
    async fetch() {
      fetching ??= load();
      try {
        state.value = await fetching;
      } catch {
        fetching = null;
        state.value = "missing";
      }
    },
  };
}

/** The parts are the same for every chat on a page. */
export const answerParts: PartsLoader = createPartsLoader(() => import("./answer-parts.ts"));
