/** Fetches the parts that only a begun conversation needs, once, and knows whether they are there. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type * as Parts from "../conversation.lazy.ts";

export type ConversationView = typeof Parts;

/** `missing` means that fetching failed: turns are then shown as plain text, and while it is tried `again`. */
export type ViewState = ConversationView | "coming" | "missing" | "again";

type PartsLoader = {
  readonly state: ReadonlySignal<ViewState>;
  /** Fetches the parts if they are not there yet; after a failure, the next call tries again. Never rejects. */
  readonly bring: () => Promise<void>;
};

export function createPartsLoader(load: () => Promise<ConversationView>): PartsLoader {
  const state = signal<ViewState>("coming");
  let fetching: Promise<void> | null = null;

  async function fetchParts(): Promise<void> {
    const parts = await load();
    // A file whose connection ended after its head is a module without anything in it.
    if (!("Turns" in parts)) throw new Error("The file is empty.");
    state.value = parts;
  }

  function miss(): void {
    state.value = "missing";
    fetching = null;
  }

  return {
    state,
    bring() {
      if (state.value === "missing") state.value = "again";
      return (fetching ??= fetchParts().catch(miss));
    },
  };
}

/** The parts are the same for every chat on a page. */
export const conversationView: PartsLoader = createPartsLoader(() => import("../conversation.lazy.ts"));
