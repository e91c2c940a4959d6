/** Scroll regions: a block that is wider than the panel can be focused and scrolled by keyboard. */
import extras from "./extras.css?inline";
import { addStyles } from "./add-styles.ts";

/** Returns a function that stops watching. */
export function watchWidth(frame: HTMLElement, label: string): () => void {
  addStyles(frame, extras);
  const observer = new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth) {
      // A group, because each landmark needs a unique name.
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", label);
      frame.tabIndex = 0;
    } else for (const name of ["role", "aria-label", "tabindex"]) frame.removeAttribute(name);
  });
  observer.observe(frame);
  if (frame.firstElementChild) observer.observe(frame.firstElementChild);
  return () => observer.disconnect();
}
