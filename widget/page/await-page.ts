/** Notices when a site goes to another of its pages by itself, without loading one. */
import { pageOf } from "./urls.ts";

/** How long a site may take to do so, and how often it is looked for, in milliseconds. */
const longest = 10_000;
const pause = 100;

/** Calls back once the page has this address (as `pageOf` gives it), unless it is left or the returned function called. */
export function awaitPage(view: Window, page: string, arrived: () => void): () => void {
  let left = longest / pause;
  const timer = view.setInterval(() => {
    const isThere = pageOf(view.location.href) === page;
    if (isThere || --left <= 0) stop();
    if (isThere) arrived();
  }, pause);
  const stop = () => {
    view.clearInterval(timer);
    view.removeEventListener("pagehide", stop);
  };
  view.addEventListener("pagehide", stop);
  return stop;
}
