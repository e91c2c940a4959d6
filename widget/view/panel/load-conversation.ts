/** Loader of the views that come with a conversation: fetches their file once and holds its state. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type * as Parts from "../conversation.lazy.ts";

export type ConversationView = typeof Parts;

/** `missing` means that fetching failed: turns are then shown as plain text, and while it is tried `again`. */
export type ViewState = ConversationView | "coming" | "missing" | "again";

type ViewLoader = {
  readonly state: ReadonlySignal<ViewState>;
  /** Fetches the parts if they are not there yet; after a failure, the next call tries again. Never rejects. */
  readonly load: () => Promise<void>;
};

export function createViewLoader(load: () => Promise<ConversationView>): ViewLoader {
  const state = signal<ViewState>("coming");
  let fetching: Promise<void> | null = null;

  async function loadView(): Promise<void> {
    const view = await load();
    // A file whose connection ended after its head is a module without anything in it.
    if (!("Turns" in view)) throw new Error("The file is empty.");
    state.value = view;
  }

  function miss(): void {
    state.value = "missing";
    fetching = null;
  }

  return {
    state,
    load() {
      if (state.value === "missing") state.value = "again";
      return (fetching ??= loadView().catch(miss));
    },
  };
}

/** The parts are the same for every chat on a page. */
export const conversationView: ViewLoader = createViewLoader(() => import("../conversation.lazy.ts"));
