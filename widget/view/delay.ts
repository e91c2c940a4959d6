/** Does something after a while, unless it is undone before. */
import { contain } from "../conversation/contain.ts";

export function delay(ms: number, callback: () => void): () => void {
  const timer = setTimeout(() => contain(callback), ms);
  return () => clearTimeout(timer);
}
