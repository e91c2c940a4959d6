/** Time for views: the current time, a delay, the next frame. */
import { contain } from "../conversation/contain.ts";

export const now = (): Date => new Date();

/** Runs a callback after `ms` milliseconds. Returns a cancel function. */
export function delay(ms: number, callback: () => void): () => void {
  const timer = setTimeout(() => contain(callback), ms);
  return () => clearTimeout(timer);
}

/** Frames stop in a hidden tab; a callback then runs after this time (milliseconds). */
const maxFrameMs = 250;

/** Runs a callback in the next frame. Returns a cancel function. */
export function nextFrame(callback: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    stop();
  };
  const once = () => {
    cancel();
    contain(callback);
  };
  const frame = requestAnimationFrame(once);
  const stop = delay(maxFrameMs, once);
  return cancel;
}
