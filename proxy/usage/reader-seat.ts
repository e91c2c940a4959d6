/** Reader seats of a turn: one for each stream, and for each request that waits for its head or the whole answer. */
import { Refused } from "../http/errors.ts";
import type { Turn } from "../turns/turn.ts";
import type { ProxyDeps } from "../deps.ts";

/** Seconds after which one more may try again. */
const crowdedWait = 2;

/** Returns a function that releases the seat. Throws `too-many` when all are taken. */
export function takeSeat({ limits, metrics }: Pick<ProxyDeps, "limits" | "metrics">, turn: Turn): () => void {
  if (turn.readers >= limits.readers) throw new Refused("too-many", { retryAfter: crowdedWait });
  turn.readers++;
  metrics.reader(1);
  return () => {
    turn.readers--;
    metrics.reader(-1);
  };
}
