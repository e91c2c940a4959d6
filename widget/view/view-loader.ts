/** Loader of views that come after the panel: fetches their file once and holds its state. */
import { signal, type ReadonlySignal } from "@preact/signals";

/** `failed` means that the file could not be fetched, `retrying` that it is requested again. */
export type ViewState<View> = View | "loading" | "failed" | "retrying";

export type ViewLoader<View> = {
  readonly state: ReadonlySignal<ViewState<View>>;
  /** Fetches the file once; after a failure, the next call retries. Never rejects. */
  readonly load: () => Promise<void>;
};

export function createViewLoader<View extends object>(load: () => Promise<View>): ViewLoader<View> {
  const state = signal<ViewState<View>>("loading");
  let fetching: Promise<void> | null = null;

  async function loadView(): Promise<void> {
    const view = await load();
    // A file whose connection broke after its header is an empty module.
    if (Object.keys(view).length === 0) throw new Error("The file is empty.");
    state.value = view;
  }

  function miss(): void {
    state.value = "failed";
    fetching = null;
  }

  return {
    state,
    load() {
      if (state.value === "failed") state.value = "retrying";
      return (fetching ??= loadView().catch(miss));
    },
  };
}
