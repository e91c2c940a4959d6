/** Styles of a lazy file, added to the chat that an element is in. */

const sheets = new Map<string, CSSStyleSheet>();

/** Adds them once; they stay as long as the chat's other styles. */
export function addStyles(element: Element, css: string): void {
  const root = element.getRootNode();
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!(root instanceof ShadowRoot) || root.adoptedStyleSheets.includes(sheet)) return;
  sheets.set(css, sheet);
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}
