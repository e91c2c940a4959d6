/** Status of an answer; when it ends, notifies the components that depend on it, a limited number for each frame. */
import { useLayoutEffect } from "preact/hooks";
import { useRedraw } from "../ui/use-redraw.ts";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import type { Footnotes } from "./footnotes.ts";
import { nextFrame } from "../timing.ts";

export type AnswerState = {
  /** Whether more may come. */
  readonly streaming: boolean;
  readonly citations: readonly Citation[];
  readonly footnotes: Footnotes;
};

export type AnswerStatus = {
  readonly now: AnswerState;
  tell(state: AnswerState): void;
  /** Returns a function that stops it. */
  listen(hear: () => void): () => void;
};

/** Markers rendered between two frames at most; few answers have more. */
const maxAtOnce = 200;

export function createAnswerStatus(first: AnswerState): AnswerStatus {
  const listeners = new Set<() => void>();
  let now = first;
  let untold: (() => void)[] = [];
  let cancel: () => void = () => {};
  const tellSome = () => {
    for (const hear of untold.splice(0, maxAtOnce)) if (listeners.has(hear)) hear();
    if (untold.length > 0) cancel = nextFrame(tellSome);
  };
  return {
    get now() {
      return now;
    },
    tell(state) {
      if (state === now) return;
      now = state;
      cancel();
      untold = [...listeners];
      tellSome();
    },
    listen(hear) {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
  };
}

export function useAnswerStatus(status: AnswerStatus): AnswerState {
  const redraw = useRedraw();
  useLayoutEffect(() => status.listen(redraw), [status]);
  return status.now;
}
