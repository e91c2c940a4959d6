/** Ends a proxy as an operator expects: politely at the first signal, at once at the second. */
import type { RunningProxy } from "./start-proxy.ts";

/** How long running answers may take to end, in milliseconds; under the 10 seconds that container hosts wait. */
const grace = 8000;

/** Ends the process with 0 on SIGTERM or SIGINT. `say` tells the operator what is happening. */
export function untilStopped(proxy: Pick<RunningProxy, "close">, say: (line: string) => void): void {
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(0);
      stopping = true;
      say("Stopping: answers that are being written are finished first, new questions are refused.");
      proxy.close(grace).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
