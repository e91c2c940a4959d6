/** Moves the focus into the composer's field. */

/** Also on a touch screen: whoever edits a question, or chooses what it is about, wants to type. */
export function focusField(near: Element): void {
  const field = near.closest("[part=panel]")?.querySelector("[part=input]");
  if (field instanceof HTMLElement) field.focus({ preventScroll: true });
}
