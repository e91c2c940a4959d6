/** The way to a conversation's earlier turns: what fetches them is itself fetched only where there are some. */
import { outOfReach } from "./patience.ts";
import type { SettledTurn, VisitorProblem } from "./turn.ts";
import type { Pending, Remembered, World } from "./world.ts";

/** Earlier turns, fetched late, before those that are there already, of which they may hold some. */
export function joined(
  earlier: readonly SettledTurn[],
  here: readonly SettledTurn[],
): readonly SettledTurn[] {
  const isHere = (turn: SettledTurn) =>
    here.some((own) => (own.message ? own.message === turn.message : own.question === turn.question));
  return [...earlier.filter((turn) => !isHere(turn)), ...here];
}

export type Restored = {
  readonly settled: readonly SettledTurn[];
  /** The turn to follow; null when there is none. */
  readonly pending: Pending | null;
  /** Why the earlier turns could not be fetched; null when they were. */
  readonly problem: VisitorProblem | null;
};

/** Resolves to null when the conversation is there no more: it is to be forgotten without a word. */
export const restored = (world: World, left: AbortSignal, known: Remembered): Promise<Restored | null> =>
  import("./restoring.ts").then(
    ({ fetchRemembered }) => fetchRemembered(world, left, known),
    () => ({ settled: [], pending: null, problem: outOfReach(world) }),
  );
