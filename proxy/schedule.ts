/** Timer as an argument, so that tests need no real time. */

/** Does the work once after so many milliseconds, unless the returned function is called first. */
export type Schedule = (milliseconds: number, work: () => void) => () => void;
