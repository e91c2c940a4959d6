/** Keeps the pauses that the service asks for: until one is over, no call of its kind goes up. */
import { UpstreamFailure } from "./failures.ts";

export type Pauses<Kind> = {
  /** Takes note of a failure; one that names no wait changes nothing, for none is made up here. */
  note(kind: Kind, failure: UpstreamFailure): void;
  /** Throws `upstream-busy` with what is left of the wait while any of these kinds is paused. */
  check(...kinds: readonly Kind[]): void;
};

/** `clock` tells milliseconds since 1970. */
export function createPauses<Kind>(clock: () => number): Pauses<Kind> {
  const ends = new Map<Kind, number>();
  return {
    note(kind, { code, retryAfter }) {
      if (code !== "upstream-busy" || retryAfter === undefined) return;
      const end = clock() + retryAfter * 1000;
      ends.set(kind, Math.max(end, ends.get(kind) ?? 0));
    },
    check(...kinds) {
      const left = Math.max(...kinds.map((kind) => (ends.get(kind) ?? 0) - clock()));
      if (left <= 0) return;
      throw new UpstreamFailure(
        "upstream-busy",
        "refused by us: the service asked for a pause",
        Math.ceil(left / 1000),
      );
    },
  };
}
