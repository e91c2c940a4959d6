/** Tells whether a visitor works with fingers and an on-screen keyboard. */

export function isTouched(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  return view?.matchMedia("(hover: none) and (pointer: coarse)").matches ?? false;
}
