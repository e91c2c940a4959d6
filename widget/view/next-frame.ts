/** Runs a callback in the next frame. Returns a cancel function. */
import { contain } from "../conversation/contain.ts";

/** Where no frames come, as in a hidden tab, it waits no longer than this (milliseconds). */
const maxWaitMs = 250;

export function nextFrame(callback: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = () => {
    cancel();
    contain(callback);
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, maxWaitMs);
  return cancel;
}
