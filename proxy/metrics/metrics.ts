/** Metrics interface, so that callers need no metrics library. */
import type { ProblemCode } from "../protocol/problems.ts";

export type TurnOutcome = "answered" | "stopped" | "failed";

/** `open`: upstream fails and gets no calls; `half-open`: one question tries whether it is back. */
export type CircuitState = "closed" | "half-open" | "open";

export type Metrics = {
  /** A question was admitted and will be asked upstream. */
  turnBegan(agent: string): void;
  /** Milliseconds from the question's arrival to the first text of its answer. */
  firstDelta(agent: string, milliseconds: number): void;
  /** `length` is in characters. */
  turnEnded(agent: string, ended: { outcome: TurnOutcome; milliseconds: number; length: number }): void;
  /** A request was refused or a turn failed; once for a request that is refused because its turn failed. */
  problem(code: ProblemCode): void;
  /** A response of upstream's by its status, or how there was none. */
  upstream(call: string, state: number | "timeout" | "broken" | "refused by us"): void;
  /** A reader's connection was opened (1) or closed (-1). */
  reader(change: 1 | -1): void;
  /** Sets, once, how to read the number of questions in the upstream queue. */
  waiting(count: () => number): void;
  /** The circuit to upstream changed. */
  circuit(state: CircuitState): void;
  /** Redis went away or came back. */
  redis(isHere: boolean): void;
  /** Sets, once, how to read the remaining budget; called at each reading of the metrics. */
  budget(left: () => Promise<{ day: number | null; month: number | null }>): void;
};

/** Measures nothing. */
export const noMetrics: Metrics = {
  turnBegan: () => {},
  firstDelta: () => {},
  turnEnded: () => {},
  problem: () => {},
  upstream: () => {},
  reader: () => {},
  waiting: () => {},
  circuit: () => {},
  redis: () => {},
  budget: () => {},
};
