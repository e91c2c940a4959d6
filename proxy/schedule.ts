/** Timer as an argument, so that tests need no real time. */

/** Runs `work` once after `milliseconds`, unless the returned function is called first. */
export type Schedule = (milliseconds: number, work: () => void) => () => void;
