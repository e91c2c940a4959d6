/** A signal for calls that a leaving browser must not cut short: a rating, a deletion, what many wait for. */
export function untilDone(): AbortSignal {
  return new AbortController().signal;
}
