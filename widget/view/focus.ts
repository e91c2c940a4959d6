/** Where the focus goes in the panel, with a keyboard at hand or with fingers only. */

/** Whether a visitor works with fingers and an on-screen keyboard. */
export function isTouched(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  return view?.matchMedia("(hover: none) and (pointer: coarse)").matches ?? false;
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
