/** Load measure: new visitors have to solve a challenge while many answers run or many visitors arrive. */

type BusyOptions = {
  /** Used part of the capacity, 0 to 1. */
  load: () => number;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** New visitors within a minute that are nothing special. */
  usualNewcomers?: number;
};

export type Busy = {
  isBusy(): boolean;
  /** Called for each new visitor. */
  newcomer(): void;
};

const minute = 60_000;

/** Counts newcomers in this minute and the last one, which counts for the part of it that is less than a minute ago. */
export function createBusy({ load, clock, usualNewcomers = 60 }: BusyOptions): Busy {
  let begun = 0;
  let count = 0;
  let before = 0;

  function turnPage(): void {
    const at = Math.floor(clock() / minute) * minute;
    if (at === begun) return;
    before = at - begun === minute ? count : 0;
    [begun, count] = [at, 0];
  }

  return {
    newcomer() {
      turnPage();
      count++;
    },
    isBusy() {
      turnPage();
      const left = 1 - (clock() - begun) / minute;
      return load() > 0.5 || count + before * left > usualNewcomers;
    },
  };
}
