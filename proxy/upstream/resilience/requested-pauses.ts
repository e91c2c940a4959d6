/** Pauses that the service asks for: until one is over, no call of its kind is made. */
import type { Who } from "../../metrics/request-id.ts";
import { createFailedAskers, type FailedAskers } from "./failed-askers.ts";
import { UpstreamFailure } from "../errors.ts";

/** So many different askers must have been told to wait before everybody has to; one of them may be the only one meant. */
const mostAskers = 5;
/** Milliseconds that everybody waits at most for what only askers were told, who may all be one; after that they see again. */
const longestHearsayMs = 60_000;

export type AskedPauses<Kind> = {
  /** Takes note of a failure that names a wait: everybody's where the call held nothing of a visitor's, or several were told. */
  note(kind: Kind, failure: UpstreamFailure, who: Who | undefined): void;
  /** A call of our own was told to wait, so calls of every kind are. */
  everybody(failure: UpstreamFailure): void;
  /** Throws `upstream-busy` with what is left of the wait while any of these kinds is paused. */
  check(...kinds: readonly Kind[]): void;
};

/** `clock` tells milliseconds since 1970. */
export function createRequestedPauses<Kind>(clock: () => number): AskedPauses<Kind> {
  const ends = new Map<Kind, number>();
  const told = new Map<Kind, { askers: FailedAskers; until: number }>();
  let endOfAll = 0;

  const endOf = ({ retryAfter = 0 }: UpstreamFailure) => clock() + retryAfter * 1000;

  return {
    note(kind, failure, who) {
      const end = endOf(failure);
      const known = told.get(kind);
      const askers = known && clock() < known.until ? known.askers : createFailedAskers(mostAskers);
      askers.add(who);
      told.set(kind, { askers, until: end });
      const isEverybodys = who === undefined || askers.count() >= mostAskers;
      if (!isEverybodys) return;
      const endForAll = who === undefined ? end : Math.min(end, clock() + longestHearsayMs);
      ends.set(kind, Math.max(endForAll, ends.get(kind) ?? 0));
      // After that, as many others have to be told so.
      told.delete(kind);
    },
    everybody(failure) {
      if (failure.code === "upstream-busy") endOfAll = Math.max(endOfAll, endOf(failure));
    },
    check(...kinds) {
      const left = Math.max(endOfAll, ...kinds.map((kind) => ends.get(kind) ?? 0)) - clock();
      if (left <= 0) return;
      const detail = "refused by us: the service asked for a pause";
      throw new UpstreamFailure("upstream-busy", detail, Math.ceil(left / 1000), true);
    },
  };
}
