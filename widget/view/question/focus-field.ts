/** Moves the focus into the composer's field. */

/** Focuses the field, also on a touch screen: a visitor who edits or adds the page wants to type. */
export function focusField(near: Element): void {
  const field = near.closest("[part=panel]")?.querySelector("[part=input]");
  if (field instanceof HTMLElement) field.focus({ preventScroll: true });
}
