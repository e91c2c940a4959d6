/** What operators can count: the one list of measurements, so that whoever measures needs no metrics library. */
import type { ProblemCode } from "../protocol/problems.ts";

export type TurnOutcome = "answered" | "stopped" | "failed";

export type Meters = {
  /** A question went upstream. */
  turnBegan(agent: string): void;
  /** Milliseconds from the question's arrival to its answer's first words. */
  firstDelta(agent: string, milliseconds: number): void;
  /** `length` is in characters. */
  turnEnded(agent: string, ended: { outcome: TurnOutcome; milliseconds: number; length: number }): void;
  /** A request was refused or a turn failed. */
  problem(code: ProblemCode): void;
  /** A response of upstream's by its status, or how there was none. */
  upstream(call: string, state: number | "timeout" | "broken" | "refused by us"): void;
  /** A reader's connection was opened (1) or closed (-1). */
  reader(change: 1 | -1): void;
};

/** Measures nothing. */
export const noMeters: Meters = {
  turnBegan: () => {},
  firstDelta: () => {},
  turnEnded: () => {},
  problem: () => {},
  upstream: () => {},
  reader: () => {},
};
