/** Sliding-window counter: exact enough never to admit more than the limit in any window. */
import type { Rate } from "./admission.ts";

/**
 * Events in groups: time of a group's last event (milliseconds) and number of events, alternating. A group covers one
 * tenth of the span and counts until its last event is a span ago. So no span ever contains more than `max`, a burst
 * expires after exactly a span, and single events at most a tenth later.
 */
export type Tally = readonly number[];

/** Groups in a span: a tally never holds more than one more than this. */
export const groupsInSpan = 10;

const spanOf = ({ seconds }: Rate) => seconds * 1000;
const placeOf = (time: number, rate: Rate) => Math.floor((time * groupsInSpan) / spanOf(rate));

/** The groups that still count. */
function livePart(tally: Tally, rate: Rate, now: number): Tally {
  let gone = 0;
  while (gone < tally.length && (tally[gone] ?? 0) + spanOf(rate) <= now) gone += 2;
  return gone === 0 ? tally : tally.slice(gone);
}

/** Milliseconds until `more` further events fit; 0 when they fit now. */
export function waitFor(tally: Tally, rate: Rate, now: number, more = 1): number {
  const live = livePart(tally, rate, now);
  let count = more;
  for (let at = 1; at < live.length; at += 2) count += live[at] ?? 0;
  for (let at = 0; count > rate.max && at < live.length; at += 2) {
    count -= live[at + 1] ?? 0;
    if (count <= rate.max) return (live[at] ?? now) + spanOf(rate) - now;
  }
  return 0;
}

export function withMore(tally: Tally, rate: Rate, now: number, more = 1): Tally {
  const live = livePart(tally, rate, now);
  const last = live.at(-2);
  const count = live.at(-1) ?? 0;
  // A clock that was set back must not open a group before one that is there.
  const isSameGroup = last !== undefined && placeOf(now, rate) <= placeOf(last, rate);
  if (live.length === 0) return [now, more];
  // `concat` makes arrays of exact length; many thousands of these are stored.
  return isSameGroup
    ? live.slice(0, -2).concat([Math.max(last, now), count + more])
    : live.concat([now, more]);
}

/** When nothing of it counts any more, in milliseconds since 1970. */
export const endOf = (tally: Tally, rate: Rate): number => (tally.at(-2) ?? 0) + spanOf(rate);
