/** Does something after a while, unless it is undone before. */
import { contain } from "../conversation/contain.ts";

export function later(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(() => contain(act), milliseconds);
  return () => clearTimeout(timer);
}
