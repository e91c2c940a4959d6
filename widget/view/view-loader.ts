/** Loader of views that come after the panel: fetches their file once and holds its state. */
import { signal, type ReadonlySignal } from "@preact/signals";

/** `missing` means that fetching failed, `again` that another try is under way. */
export type ViewState<View> = View | "coming" | "missing" | "again";

export type ViewLoader<View> = {
  readonly state: ReadonlySignal<ViewState<View>>;
  /** Fetches the views if they are not there yet; after a failure, the next call tries again. Never rejects. */
  readonly load: () => Promise<void>;
};

export function createViewLoader<View extends object>(load: () => Promise<View>): ViewLoader<View> {
  const state = signal<ViewState<View>>("coming");
  let fetching: Promise<void> | null = null;

  async function loadView(): Promise<void> {
    const view = await load();
    // A file whose connection ended after its head is a module without anything in it.
    if (Object.keys(view).length === 0) throw new Error("The file is empty.");
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
