/** Batches: runs many tasks a few at a time, so that a Redis that has just come back is not overloaded. */

const size = 10;

/**
 * Each task returns whether to go on; after a batch with a false one the rest is skipped. Returns whether there was
 * none.
 */
export async function inBatches<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  for (let start = 0; start < items.length; start += size) {
    const goesOn = await Promise.all(items.slice(start, start + size).map(work));
    if (goesOn.includes(false)) return false;
  }
  return true;
}
