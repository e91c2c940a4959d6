/** Does something as soon as what runs now is over, also in engines without `queueMicrotask`. */

/** The build puts this in place of each `queueMicrotask`, Preact's included. */
export const soon = (work: () => void): void => void Promise.resolve().then(work);
