/** Ends a request that has gone silent, or that its caller no longer wants. */

export type Watchdog = {
  /** Aborts when the caller's signal does, or when the silence has lasted too long. */
  readonly signal: AbortSignal;
  /** Something came: allow so many milliseconds of silence from now on. */
  allow(milliseconds: number): void;
  /** Ends the request now. */
  abort(): void;
  /** The request is over. */
  end(): void;
};

/** Does the work once after so many milliseconds, unless the returned function is called first. */
export type Schedule = (milliseconds: number, work: () => void) => () => void;

export function createWatchdog(wanted: AbortSignal | undefined, schedule: Schedule): Watchdog {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let cancel = () => {};
  if (wanted?.aborted) abort();
  wanted?.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    abort,
    allow(milliseconds) {
      cancel();
      cancel = schedule(milliseconds, abort);
    },
    end() {
      cancel();
      abort();
      wanted?.removeEventListener("abort", abort);
    },
  };
}
