/** Scene in which one of the widget's functions throws: what the visitor does, and what is checked after it. */
import type { Stage } from "../tab/stage.ts";

export type Act = {
  readonly stage: Stage;
  /** A question that nobody has asked before. */
  readonly question: string;
  /** From here on it may throw. */
  readonly arm: () => void;
};

export type Scene = {
  /** How many functions throw, if not all. */
  readonly max: number;
  /** Those of which it once went wrong: they throw always. */
  readonly found?: readonly string[];
  /** Whether it has a chat before it arms; what is thrown before there is one leaves none, and nothing to keep. */
  readonly hasChat: boolean;
  /** Returns what went wrong. */
  readonly play: (act: Act) => Promise<string | null>;
};
