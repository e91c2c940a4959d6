/** Clipboard: copies text, also on pages without a secure context or permission for the newer API. */

/** Rejects when the browser allows neither API. The older one needs a temporary field, which is placed at `near`. */
export async function copyText(text: string, view: Window, near: ParentNode): Promise<void> {
  try {
    await view.navigator.clipboard.writeText(text);
  } catch {
    if (!copyBySelection(text, view.document, near)) throw new Error("The browser does not let us copy.");
  }
}

function copyBySelection(text: string, page: Document, near: ParentNode): boolean {
  const field = page.createElement("textarea");
  const root = near.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : page.activeElement;
  field.value = text;
  field.readOnly = true;
  field.ariaHidden = "true";
  field.className = "unseen";
  near.append(field);
  field.select();
  const copied = page.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
