/** Focus management of the panel, for keyboards and touch screens. */
import { lastIn } from "../../builtins/last.ts";

function isMedia(element: Element, query: string): boolean {
  return element.ownerDocument.defaultView?.matchMedia(query).matches ?? false;
}

/** Whether the visitor uses a touch screen, and so an on-screen keyboard. */
export function isTouched(element: Element): boolean {
  return isMedia(element, "(hover: none) and (pointer: coarse)");
}

/** Whether the panel covers the whole window, as in `panel.css` on small screens and at high zoom. */
export function coversWindow(panel: Element): boolean {
  return isMedia(panel, "(max-width: 480px), (max-height: 480px)") && panel.matches(".floating, .side");
}

/** Moves the focus from the panel's last element to its first and back: behind a full-window panel it would be invisible. */
export function trapFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>("a[href], button, textarea, [tabindex]")].filter(
    (stop) => stop.tabIndex >= 0 && !stop.closest("[inert]"),
  );
  const [from, to] = event.shiftKey ? [stops[0], lastIn(stops)] : [lastIn(stops), stops[0]];
  if (event.target !== from && !(event.shiftKey && event.target === panel)) return;
  event.preventDefault();
  to?.focus();
}

/**
 * Moves the focus to the composer; on a touch screen to the panel itself, since there the on-screen keyboard would
 * cover the conversation. `element` is any element around or in the panel, such as a button that is about to be removed.
 */
export function focusPanel(element: Element): void {
  const panel = element.closest("[part=panel]") ?? element.querySelector("[part=panel]");
  const aim = isTouched(element) ? panel : panel?.querySelector("[part=input]");
  if (aim instanceof HTMLElement) aim.focus({ preventScroll: true });
}
