/** Retries: how long to wait before each, and when to stop. */
import type { VisitorProblem } from "./types.ts";
import type { Reply, ChatEnvironment } from "./environment.ts";
import { isUnsure } from "./unreachable.ts";

/** Milliseconds before each further try to find an answer that is known to be on its way: a minute and a half together. */
const delaysWhenTaken = [300, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];

/** Nobody waits long before an unsent question; then a button is better than dots. */
const delaysWhenUnheard = delaysWhenTaken.slice(0, 3);

export type Backoff = {
  /** Waits before the next try; false when it was the last. Being back online, or looked at, starts counting anew. */
  wait(taken: boolean, signal: AbortSignal, atLeastSeconds?: number): Promise<boolean>;
  /** Something came: begin counting anew. */
  renew(): void;
};

export function createBackoff(environment: Pick<ChatEnvironment, "pause" | "random">): Backoff {
  let tries = 0;
  return {
    async wait(taken, signal, atLeastSeconds = 0) {
      const delay = (taken ? delaysWhenTaken : delaysWhenUnheard)[tries++];
      if (delay === undefined) return false;
      const spread = delay * (0.75 + 0.5 * environment.random());
      if (await environment.pause(Math.max(spread, atLeastSeconds * 1_000), signal)) tries = 0;
      return true;
    },
    renew() {
      tries = 0;
    },
  };
}

/** Seconds that nobody is left looking at dots for. */
const maxBusySeconds = 15;

/** Whether a proxy or service that is busy says that it soon is not. */
const isBriefly = ({ code, retryAfter = maxBusySeconds }: VisitorProblem) =>
  (code === "too-many" || code === "upstream-busy") && retryAfter <= maxBusySeconds;

/** Does a call again while the proxy is out of reach, or too busy for it, a few times. */
export async function withRetry<Value>(
  environment: Pick<ChatEnvironment, "pause" | "random">,
  signal: AbortSignal,
  call: () => Promise<Reply<Value>>,
): Promise<Reply<Value>> {
  const backoff = createBackoff(environment);
  for (;;) {
    const reply = await call();
    if (reply.ok || signal.aborted) return reply;
    const { problem } = reply;
    if (!isUnsure(problem) && !isBriefly(problem)) return reply;
    if (!(await backoff.wait(false, signal, problem.retryAfter)) || signal.aborted) return reply;
  }
}
