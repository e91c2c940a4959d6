/** First turn to render of a long conversation: at first the latest turns only. */
import { useSignal, type Signal } from "@preact/signals";
import { useRef } from "preact/hooks";

/** Number of turns rendered at a time: a slow phone renders them between two keystrokes. */
export const turnsAtOnce = 2;

/** Index of the first rendered turn of the conversation that begins with the turn `oldest`. */
export type Progress = { readonly oldest: string | undefined; readonly first: number };

/** Returns the index of the first turn to render, and the signal by which earlier ones are added. */
export function useFirstTurn(turns: readonly { readonly id: string }[]): {
  first: number;
  progress: Signal<Progress>;
} {
  const oldest = turns[0]?.id;
  const latest = { oldest, first: turns.length - turnsAtOnce };
  const start = useRef(latest);
  const progress = useSignal<Progress>(latest);
  // Earlier turns were added, or the conversation was replaced.
  if (start.current.oldest !== oldest) start.current = latest;
  const { first } = progress.value.oldest === oldest ? progress.value : start.current;
  return { first: Math.max(0, Math.min(first, turns.length - turnsAtOnce)), progress };
}
