/** Graceful shutdown: drains at the first signal, exits at the second. */
import type { RunningProxy } from "./start-proxy.ts";

/**
 * Exits with 0 on SIGTERM or SIGINT, once running answers have ended or DRAIN_SECONDS have passed. `say` informs the
 * operator.
 */
export function untilStopped(
  proxy: Pick<RunningProxy, "close">,
  drainSeconds: number,
  say: (line: string) => void,
): void {
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(0);
      stopping = true;
      say("Stopping: answers that are being written are finished first, new questions are refused.");
      proxy.close(drainSeconds * 1000).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
