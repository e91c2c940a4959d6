/** Plain text made safe to stand in HTML, XML and attributes. */

const signs: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** Escapes and turns words in backticks into code, as tables of settings and options are written. */
export function escapeWithCode(text: string): string {
  return escapeText(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}
