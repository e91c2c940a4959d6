/** Account's calls per minute, as a setting: a number, or `none`. */
import { wholeNumber, type Kind } from "./parsers.ts";

export type CallsPerMinute = {
  readonly max: number;
  /** Whether no owner said so: then reading is held to its part of it, and questions to nothing. */
  readonly isAssumed: boolean;
};

/** What is assumed is the most that a plan is known to have. */
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
