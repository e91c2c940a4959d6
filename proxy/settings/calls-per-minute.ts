/** Account's calls per minute, as a setting: a number, or `none`. */
import { wholeNumber, type Kind } from "./parsers.ts";

export type CallsPerMinute = {
  readonly max: number;
  /** True when the owner set no number: then only reading is limited to its share. */
  readonly isAssumed: boolean;
};

/** The largest number of calls that a plan is known to have. */
export const assumedCalls: CallsPerMinute = { max: 120, isAssumed: true };

const number = wholeNumber(10, 1_000_000);

/** Null is no limit. */
export const callsPerMinute: Kind<CallsPerMinute | null> = {
  takes: `${number.takes}, or "none"`,
  read(given) {
    if (given.toLowerCase() === "none") return { value: null };
    const reading = number.read(given);
    return "wrong" in reading ? reading : { value: { max: reading.value, isAssumed: false } };
  },
};
