/** Parser of `Retry-After`: at most an hour, and never a default. */

/** A wrong header must not switch an agent off for a day. */
const maxSeconds = 3600;

/** Whole seconds from a `Retry-After` of seconds or of an HTTP date; undefined for other values. */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d{1,10}(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text)), maxSeconds);
  // Dates start with a weekday's name; `Date.parse` alone would read "-5" and "2 minutes" as dates too.
  const then = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(then)) return undefined;
  return Math.min(Math.max(Math.ceil((then - now) / 1000), 0), maxSeconds);
}
