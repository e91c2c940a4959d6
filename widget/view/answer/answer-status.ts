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
  update(state: AnswerState): void;
  /** Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
};

/** Maximum of markers rendered in each frame; few answers have more. */
const maxAtOnce = 200;

export function createAnswerStatus(first: AnswerState): AnswerStatus {
  const listeners = new Set<() => void>();
  let now = first;
  let pending: (() => void)[] = [];
  let cancel: () => void = () => {};
  const notifySome = () => {
    for (const listener of pending.splice(0, maxAtOnce)) if (listeners.has(listener)) listener();
    if (pending.length > 0) cancel = nextFrame(notifySome);
  };
  return {
    get now() {
      return now;
    },
    update(state) {
      if (state === now) return;
      now = state;
      cancel();
      pending = [...listeners];
      notifySome();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useAnswerStatus(status: AnswerStatus): AnswerState {
  const redraw = useRedraw();
  useLayoutEffect(() => status.subscribe(redraw), [status]);
  return status.now;
}
