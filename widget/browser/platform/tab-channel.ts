/** Tab channel: messages between the tabs that show the same conversation, and a lock that one of them holds at a time. */
import { contain } from "../../conversation/contain.ts";
import type { TabMessage, TabChannel } from "../../conversation/environment.ts";
import { isJsonObject } from "../api/json-object.ts";

export type ClosableTabChannel = TabChannel & {
  /** Closes the channel and removes all listeners. */
  close(): void;
};

/** Only pages of the same site and version send here, so messages are not checked. */
const isTabMessage = (value: unknown): value is TabMessage => isJsonObject(value) && "turn" in value;

/**
 * The back-forward cache keeps no page with an open channel or a lock, so both are released when the page is hidden for
 * it and acquired again when it is restored; then `back` is called. Without locks, on plain http, every tab works by
 * itself. Without a name there are no other tabs.
 */
export const openTabChannel = (view: Window, name: string | null, back: () => void): ClosableTabChannel =>
  new PageTabChannel(view, name, back);

class PageTabChannel implements ClosableTabChannel {
  readonly #view: Window;
  readonly #name: string | null;
  readonly #back: () => void;
  readonly #listeners = new Set<(message: TabMessage) => void>();
  /** Aborts when the channel is closed. */
  readonly #closed = new AbortController();
  /** Aborts when the page goes into the back-forward cache. */
  #away = new AbortController();
  #channel: BroadcastChannel | null = null;
  #isHere = false;

  constructor(view: Window, name: string | null, back: () => void) {
    this.#view = view;
    this.#name = name;
    this.#back = back;
    const suspend = () => this.#suspend();
    const restore = () => this.#restore();
    const page = view.document;
    this.#listen(view, "pagehide", suspend);
    this.#listen(page, "freeze", suspend);
    this.#listen(view, "pageshow", restore);
    this.#listen(page, "resume", restore);
    this.#listen(page, "visibilitychange", restore);
    this.#open();
  }

  /** Until the channel is closed. */
  #listen(target: EventTarget, type: string, listener: () => void): void {
    target.addEventListener(type, listener);
    this.#closed.signal.addEventListener("abort", () => target.removeEventListener(type, listener));
  }

  post(message: TabMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    this.#channel?.postMessage(message);
  }

  subscribe(listener: (message: TabMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async lead(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    // Missing on plain http, unlike in the types.
    const locks: LockManager | undefined = this.#view.navigator.locks;
    const name = this.#name;
    if (!locks || name === null) return work();
    const state = { isBegun: false, isRefused: false };
    while (!signal.aborted && !state.isBegun) {
      const asking = new AbortController();
      const leave = () => asking.abort();
      const away = this.#away.signal;
      signal.addEventListener("abort", leave);
      away.addEventListener("abort", leave);
      await locks
        .request(name, { signal: asking.signal }, () => {
          state.isBegun = true;
          // A page in the back-forward cache gives the lock to another tab, even with unfinished work.
          return Promise.race([work(), whenAborted(away)]);
        })
        .catch(() => void (state.isRefused = !asking.signal.aborted));
      signal.removeEventListener("abort", leave);
      // A frame without an origin gets no lock, and has no other tab.
      if (state.isRefused && !state.isBegun) return work();
      if (!state.isBegun) await this.#whenBack(signal);
    }
  }

  close(): void {
    this.#closed.abort();
    this.#suspend();
  }

  #open(): void {
    if (this.#isHere || this.#closed.signal.aborted) return;
    this.#isHere = true;
    this.#away = new AbortController();
    this.#channel = this.#name === null ? null : new BroadcastChannel(this.#name);
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (isTabMessage(data)) for (const listener of this.#listeners) contain(() => listener(data));
    });
  }

  #suspend(): void {
    this.#isHere = false;
    this.#channel?.close();
    this.#channel = null;
    this.#away.abort();
  }

  #restore(): void {
    const view = this.#view;
    if (view.document.visibilityState === "hidden" && this.#isHere) return;
    this.#open();
    this.#back();
  }

  /** Resolves once the page is not in the back-forward cache, or when aborted. */
  #whenBack(signal: AbortSignal): Promise<void> {
    const view = this.#view;
    return new Promise<void>((resolve) => {
      const check = () => this.#isHere && done();
      const done = () => {
        signal.removeEventListener("abort", done);
        view.removeEventListener("pageshow", check);
        view.document.removeEventListener("resume", check);
        resolve();
      };
      signal.addEventListener("abort", done);
      view.addEventListener("pageshow", check);
      view.document.addEventListener("resume", check);
      check();
    });
  }
}

const whenAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve());
    if (signal.aborted) resolve();
  });
