/** Highlight of a passage by the CSS Custom Highlight API, which does not change the page's nodes. */

const name = "customgpt-passage";
const strongest = 34;
const steps = 8;
const stepMs = 60;

const sheetText = (percent: number) => `
::highlight(${name}) {
  background-color: color-mix(in srgb, #ffb700 ${percent}%, transparent);
}
@media (forced-colors: active) {
  ::highlight(${name}) {
    background-color: Highlight;
    color: HighlightText;
  }
}`;

type View = Window & typeof globalThis;

/** Highlights for `milliseconds`, or until the visitor presses anywhere. Returns a function that removes it. */
export function markRange(view: View, range: Range, milliseconds: number): () => void {
  const page = view.document;
  if (!("highlights" in view.CSS) || !("adoptedStyleSheets" in page)) return () => {};
  const mark = new view.Highlight(range);
  const sheet = new view.CSSStyleSheet();
  let timer = view.setTimeout(fade, milliseconds);
  let strength = steps;

  function paint(): void {
    sheet.replaceSync(sheetText((strongest * strength) / steps));
  }

  /** A highlight cannot have transitions. */
  function fade(): void {
    strength = view.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : strength - 1;
    if (strength <= 0) return dispose();
    paint();
    timer = view.setTimeout(fade, stepMs);
  }

  function dispose(): void {
    view.clearTimeout(timer);
    view.removeEventListener("pointerdown", dispose, true);
    if (view.CSS.highlights.get(name) === mark) view.CSS.highlights.delete(name);
    const at = page.adoptedStyleSheets.indexOf(sheet);
    if (at >= 0) page.adoptedStyleSheets.splice(at, 1);
  }

  paint();
  page.adoptedStyleSheets.push(sheet);
  view.CSS.highlights.set(name, mark);
  view.addEventListener("pointerdown", dispose, true);
  return dispose;
}
