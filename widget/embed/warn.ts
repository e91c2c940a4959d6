/** Tells the site's owner, in the console, what they can set right: each thing once. */

const told = new Set<string>();

export function warn(sentence: string): void {
  // oxlint-disable-next-line no-console -- the one place that speaks to developers
  if (!told.has(sentence)) console.warn(`customgpt-widget: ${sentence}`);
  told.add(sentence);
}
