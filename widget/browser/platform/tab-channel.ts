/** The other tabs that show the same conversation: tells them, hears them and takes turns with them. */
import { contain } from "../../conversation/contain.ts";
import type { TabMessage, TabChannel } from "../../conversation/environment.ts";
import { isJsonObject } from "../api/json-object.ts";

export type ClosableTabChannel = TabChannel & {
  /** Lets go of all of it. */
  close(): void;
};

/** Only pages of the same site and the same version speak here, so what arrives is what was told. */
const isTabMessage = (value: unknown): value is TabMessage => isJsonObject(value) && "turn" in value;

/**
 * A page that is put away may not hold anything, or the browser will not show it again as it was: channel and lock are
 * let go of then and taken up when it comes back, and `back` is told. Where there are no locks, on plain http, every tab
 * does its work for itself. Without a name there are no other tabs.
 */
export function openTabChannel(view: Window, name: string | null, back: () => void): ClosableTabChannel {
  const listeners = new Set<(note: TabMessage) => void>();
  const closed = new AbortController();
  let away = new AbortController();
  let channel: BroadcastChannel | null = null;
  let isHere = false;

  function open(): void {
    if (isHere || closed.signal.aborted) return;
    isHere = true;
    away = new AbortController();
    channel = name === null ? null : new BroadcastChannel(name);
    channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (isTabMessage(data)) for (const listener of listeners) contain(() => listener(data));
    });
  }

  function putAway(): void {
    isHere = false;
    channel?.close();
    channel = null;
    away.abort();
  }

  function comeBack(): void {
    if (view.document.visibilityState === "hidden" && isHere) return;
    open();
    back();
  }

  const listened: readonly (readonly [EventTarget, string, () => void])[] = [
    [view, "pagehide", putAway],
    [view.document, "freeze", putAway],
    [view, "pageshow", comeBack],
    [view.document, "resume", comeBack],
    [view.document, "visibilitychange", comeBack],
  ];
  for (const [target, event, listener] of listened) target.addEventListener(event, listener);
  open();

  /** Resolves when the page is there, at once when it is. */
  const whenBack = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const look = () => isHere && done();
      const done = () => {
        signal.removeEventListener("abort", done);
        view.removeEventListener("pageshow", look);
        view.document.removeEventListener("resume", look);
        resolve();
      };
      signal.addEventListener("abort", done);
      view.addEventListener("pageshow", look);
      view.document.addEventListener("resume", look);
      look();
    });

  async function lead(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    // Missing on plain http, whatever the types say.
    const locks: LockManager | undefined = view.navigator.locks;
    if (!locks || name === null) return work();
    const state = { begun: false, refused: false };
    while (!signal.aborted && !state.begun) {
      const asking = new AbortController();
      const leave = () => asking.abort();
      signal.addEventListener("abort", leave);
      away.signal.addEventListener("abort", leave);
      await locks
        .request(name, { signal: asking.signal }, () => {
          state.begun = true;
          // With the page put away, somebody else's turn has come, however far the work is.
          return Promise.race([work(), whenAborted(away.signal)]);
        })
        .catch(() => void (state.refused = !asking.signal.aborted));
      signal.removeEventListener("abort", leave);
      // In a frame without an origin nobody gets a lock, and there is no other tab.
      if (state.refused && !state.begun) return work();
      if (!state.begun) await whenBack(signal);
    }
  }

  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    post: (note) => channel?.postMessage(note),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    lead,
    close() {
      closed.abort();
      for (const [target, event, listener] of listened) target.removeEventListener(event, listener);
      putAway();
    },
  };
}

const whenAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve());
    if (signal.aborted) resolve();
  });
