/** Tells the site's owner, in the console, what they can set right. */

export function warn(sentence: string): void {
  // oxlint-disable-next-line no-console -- the one place that speaks to developers, at most once for each mistake
  console.warn(`customgpt-widget: ${sentence}`);
}
