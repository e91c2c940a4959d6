/** Containment of errors: the console shows each once, and the rest of the chat goes on. */

const reported = new Set<string>();

/** For developers. Visitors get a message from the part that failed. */
export function report(error: unknown): void {
  const words = String(error);
  if (reported.has(words)) return;
  reported.add(words);
  // oxlint-disable-next-line no-console -- where developers look
  console.error("customgpt-widget:", error);
}

/** Runs a callback whose error must not affect the caller. */
export function contain<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    report(error);
    return undefined;
  }
}
