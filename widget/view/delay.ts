/** Runs a callback after `ms` milliseconds. Returns a cancel function. */
import { contain } from "../conversation/contain.ts";

export function delay(ms: number, callback: () => void): () => void {
  const timer = setTimeout(() => contain(callback), ms);
  return () => clearTimeout(timer);
}
