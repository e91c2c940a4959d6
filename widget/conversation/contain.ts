/** Containment of errors: the console shows each once, and the rest of the chat goes on. */

const told = new Set<string>();

/** For whoever looks for the cause. Visitors are told by the part that could not go on. */
export function report(error: unknown): void {
  const words = String(error);
  if (told.has(words)) return;
  told.add(words);
  // oxlint-disable-next-line no-console -- where developers look
  console.error("customgpt-widget:", error);
}

/** Does something that others must not depend on. */
export function contain<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    report(error);
    return undefined;
  }
}
