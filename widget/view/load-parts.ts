/** Fetches the parts that only a begun conversation needs, once, and knows whether they are there. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type * as Parts from "./conversation-parts.ts";

export type ConversationParts = typeof Parts;

/** `missing` means that fetching failed: turns are then shown as plain text. */
export type PartsState = ConversationParts | "coming" | "missing";

type PartsLoader = {
  readonly state: ReadonlySignal<PartsState>;
  /** Fetches the parts if they are not there yet; after a failure, the next call tries again. Never rejects. */
  readonly bring: () => Promise<void>;
};

export function createPartsLoader(load: () => Promise<ConversationParts>): PartsLoader {
  const state = signal<PartsState>("coming");
  let fetching: Promise<ConversationParts> | null = null;
  return {
    state,
    async bring() {
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
export const conversationParts: PartsLoader = createPartsLoader(() => import("./conversation-parts.ts"));
