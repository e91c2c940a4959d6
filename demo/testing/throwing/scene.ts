/** Scene in which one of the widget's functions throws: the visitor's steps, and the checks after them. */
import type { Stage } from "../tab/stage.ts";

export type Act = {
  readonly stage: Stage;
  /** A question that was not asked before. */
  readonly question: string;
  /** From here on the function may throw. */
  readonly arm: () => void;
};

export type Scene = {
  /** Number of functions that throw; default all. */
  readonly max: number;
  /** Functions with which the scene once failed: they are always tested. */
  readonly found?: readonly string[];
  /** Whether there is a chat before it arms; an error earlier leaves no chat, and nothing to check. */
  readonly hasChat: boolean;
  /** Returns a failure message, or null. */
  readonly play: (act: Act) => Promise<string | null>;
};
