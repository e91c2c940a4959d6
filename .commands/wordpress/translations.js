/** The template for translators: every text that the plugin passes to WordPress' translation functions. */

/** A call with a literal text, then a literal context where the function takes one, then the plugin's domain. */
const literal = (/** @type {string} */ name) =>
  `(?:'(?<${name}>(?:[^'\\\\]|\\\\.)*)'|"(?<${name}2>(?:[^"\\\\]|\\\\.)*)")`;
const calls = new RegExp(
  `\\b(?:__|_e|_x|esc_(?:html|attr)(?:__|_e|_x))\\(\\s*${literal("text")},(?:\\s*${literal("context")},)?\\s*["'](?<domain>[a-z-]+)["'],?\\s*\\)`,
  "g",
);

/** A comment right above a call, for translators. */
const note = /translators: (?<words>[^\n]*?)\s*\*\/\s*(?:[^;{}]{0,120})$/;

const quoted = (/** @type {string} */ value) =>
  `"${value.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
const unescaped = (/** @type {string} */ value) => value.replace(/\\(['\\])/g, "$1");

/**
 * @param {Readonly<Record<string, string | Uint8Array>>} files
 * @param {string} domain
 * @param {string} version
 */
export function template(files, domain, version) {
  /** @type {Map<string, { places: Set<string>, note: string, text: string, context: string }>} */
  const entries = new Map();
  for (const [name, content] of Object.entries(files)) {
    if (!/\.(php|js)$/.test(name) || name.startsWith("widget/")) continue;
    const source = typeof content === "string" ? content : new TextDecoder().decode(content);
    for (const call of source.matchAll(calls)) {
      const { domain: given } = call.groups ?? {};
      const text = call.groups?.text ?? call.groups?.text2 ?? "";
      const context = call.groups?.context ?? call.groups?.context2 ?? "";
      if (given !== domain) throw new Error(`${name} has a text of another domain: ${text}`);
      const key = `${context}\u0004${text}`;
      const entry = entries.get(key) ?? { places: new Set(), note: "", text, context };
      entry.places.add(name);
      entry.note ||= note.exec(source.slice(Math.max(0, call.index - 300), call.index))?.groups?.words ?? "";
      entries.set(key, entry);
    }
  }
  const head = [
    `Project-Id-Version: Chat Widget for CustomGPT ${version}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
    `X-Domain: ${domain}`,
  ];
  const blocks = [...entries.values()].map(({ places, note: words, text, context }) =>
    [
      ...(words ? [`#. translators: ${words}`] : []),
      `#: ${[...places].join(" ")}`,
      ...(context ? [`msgctxt ${quoted(unescaped(context))}`] : []),
      `msgid ${quoted(unescaped(text))}`,
      `msgstr ""`,
    ].join("\n"),
  );
  const header = ['msgid ""', 'msgstr ""', ...head.map((line) => `"${line}\\n"`)].join("\n");
  return [header, ...blocks].join("\n\n") + "\n";
}
