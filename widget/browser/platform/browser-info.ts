/** State of page and browser: languages, network, visibility, and timers. */

/** Preferred languages, best first: the owner's option, the page's, those of the visitor's browser. */
export function wantedLanguages(chosen: string | null, page: Document, browser: Navigator): string[] {
  const wanted = [chosen, page.documentElement?.lang, ...browser.languages];
  return wanted.filter((tag): tag is string => typeof tag === "string" && tag !== "");
}

/**
 * Waits for `milliseconds`. Resolves earlier, with true, when the network is back or the page is visible again, since a
 * retry may succeed then; resolves at once when aborted.
 */
export function pause(view: Window, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = view.setTimeout(() => end(false), milliseconds);
    const wake = () => end(true);
    const onVisibility = () => view.document.visibilityState === "visible" && end(true);
    const abort = () => end(false);

    function end(woken: boolean): void {
      view.clearTimeout(timer);
      view.removeEventListener("online", wake);
      view.removeEventListener("pageshow", wake);
      view.document.removeEventListener("visibilitychange", onVisibility);
      signal.removeEventListener("abort", abort);
      resolve(woken);
    }

    if (signal.aborted) return end(false);
    view.addEventListener("online", wake);
    view.addEventListener("pageshow", wake);
    view.document.addEventListener("visibilitychange", onVisibility);
    signal.addEventListener("abort", abort);
  });
}

/** A random UUID; made by hand, since `randomUUID` is missing where the page is not a secure context. */
export function newId(crypto: Pick<Crypto, "getRandomValues">): string {
  const bytes = crypto.getRandomValues(new Uint8Array(36));
  // RFC 9562, version 4: four bits are the version, and two of the sign after the third dash are fixed.
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (sign, at: number) =>
    (sign === "x" ? (bytes[at] ?? 0) & 15 : ((bytes[at] ?? 0) & 3) | 8).toString(16),
  );
}

/** Whether the visitor asked the browser to save data; only some browsers report that. */
export function savesData(view: object): boolean {
  const network: unknown = Reflect.get(view, "connection");
  return typeof network === "object" && network !== null && Reflect.get(network, "saveData") === true;
}
