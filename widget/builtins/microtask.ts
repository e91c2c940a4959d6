/** Microtasks, also in engines without `queueMicrotask`. */

/** The build replaces each `queueMicrotask` by this, Preact's included. */
export const soon = (work: () => void): void => void Promise.resolve().then(work);
