/** Scroll regions: a block that is wider than the panel can be scrolled by keyboard, and says so. */
import extras from "./extras.css?inline";
import { addStyles } from "./add-styles.ts";

/** Returns a function that stops it. */
export function watchWidth(frame: HTMLElement, label: string): () => void {
  addStyles(frame, extras);
  const observer = new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth) {
      // A group, for no landmark may repeat another's.
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", label);
      frame.tabIndex = 0;
    } else for (const name of ["role", "aria-label", "tabindex"]) frame.removeAttribute(name);
  });
  observer.observe(frame);
  if (frame.firstElementChild) observer.observe(frame.firstElementChild);
  return () => observer.disconnect();
}
