/** The address of the page one is on, also after a site has changed it without loading a page. */
import { signal } from "@preact/signals";

/** The same for every chat on a page. */
export const here = signal(location.href);

/** Engines that do not tell scripts of each change are looked at when there is reason to. */
export function lookWhere(): void {
  here.value = location.href;
}

export const loadAnew = (): void => location.reload();

/** Keeps `here` true until the returned function is called. */
export function watchHere(): () => void {
  lookWhere();
  const told = [
    [window, "popstate"],
    [window, "hashchange"],
    ["navigation" in window ? window.navigation : window, "currententrychange"],
  ] as const;
  for (const [teller, event] of told) teller.addEventListener(event, lookWhere);
  return () => {
    for (const [teller, event] of told) teller.removeEventListener(event, lookWhere);
  };
}
