/** Retries: the delay before each, and when to stop. */
import type { VisitorProblem } from "./types.ts";
import type { Reply, ChatEnvironment } from "./environment.ts";
import { isUnsure } from "./unreachable.ts";

/** Delays in milliseconds before each retry for an answer that is being written: a minute and a half together. */
const delaysWhenTaken = [300, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];

/** Delays for an unsent question; after a short wait a retry button is better than dots. */
const delaysWhenUnheard = delaysWhenTaken.slice(0, 3);

export type Backoff = {
  /** Waits before the next try; false when it was the last. Starts over when the network or the visitor is back. */
  wait(taken: boolean, signal: AbortSignal, atLeastSeconds?: number): Promise<boolean>;
  /** Starts over, since data has arrived. */
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

/** Maximum of seconds that a visitor waits without a message. */
const maxBusySeconds = 15;

/** Whether a busy proxy or service asks to retry soon. */
const isBriefly = ({ code, retryAfter = maxBusySeconds }: VisitorProblem) =>
  (code === "too-many" || code === "upstream-busy") && retryAfter <= maxBusySeconds;

/** Repeats a call a few times while the proxy is unreachable or too busy. */
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
