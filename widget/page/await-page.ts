/** Navigation without a page load: waits until the site shows another of its pages. */
import { navigationOf, watchPage } from "./current-page.ts";
import { pageKey } from "./urls.ts";

/** Timeout of the navigation, and interval at which the address is read, in milliseconds. */
const maxWaitMs = 10_000;
const pauseMs = 100;

/** Calls back once the page has this key (see urls.ts). Stops when the page is hidden, or by the returned function. */
export function awaitPage(view: Window, key: string, onArrival: () => void): () => void {
  let timer: number | undefined;
  // Sites change the address first and the content after it.
  const unwatch = watchPage(view, () => {
    timer ??= view.setTimeout(check, pauseMs);
  });
  const last = view.setTimeout(dispose, maxWaitMs);
  view.addEventListener("pagehide", dispose);

  function check(): void {
    // Without the Navigation API a script changes the address silently.
    timer = navigationOf(view) ? undefined : view.setTimeout(check, pauseMs);
    if (pageKey(view.location.href) !== key) return;
    dispose();
    onArrival();
  }

  function dispose(): void {
    unwatch();
    view.clearTimeout(timer);
    view.clearTimeout(last);
    view.removeEventListener("pagehide", dispose);
  }
  return dispose;
}
