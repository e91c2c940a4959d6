/** Style sheets without style elements or attributes, which a strict content security policy would refuse. */

export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
