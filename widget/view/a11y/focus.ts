/** Focus management of the panel, for keyboards and touch screens. */
import { lastIn } from "../../builtins/last.ts";

/** Whether a visitor works with fingers and an on-screen keyboard. */
export function isTouched(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  return view?.matchMedia("(hover: none) and (pointer: coarse)").matches ?? false;
}

/** Whether the panel covers the whole window, as `panel.css` has it do on small screens and at great magnification. */
export function coversWindow(panel: Element): boolean {
  const view = panel.ownerDocument.defaultView;
  const isSmall = view?.matchMedia("(max-width: 480px), (max-height: 480px)").matches ?? false;
  return isSmall && panel.matches(".floating, .side");
}

/** Leads a Tab that would leave the panel to its other end: behind a panel that covers everything nobody sees the focus. */
export function turnRound(panel: HTMLElement, event: KeyboardEvent): void {
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
 * cover what the visitor came to read. `place` is anything around or in the panel, such as a button about to go away.
 */
export function focusPanel(place: Element): void {
  const panel = place.closest("[part=panel]") ?? place.querySelector("[part=panel]");
  const aim = isTouched(place) ? panel : panel?.querySelector("[part=input]");
  if (aim instanceof HTMLElement) aim.focus({ preventScroll: true });
}
