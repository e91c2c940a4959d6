/** Warnings in the console for the site's owner, each once. */

const warned = new Set<string>();

/** `what`: a sentence, or a thrown value. Returns undefined, not void, for callers that return a value otherwise. */
export function warn(what: unknown): undefined {
  const sentence = String(what);
  // oxlint-disable-next-line no-console -- the one place that speaks to developers
  if (!warned.has(sentence)) console.warn(`customgpt-widget: ${sentence}`);
  warned.add(sentence);
}
