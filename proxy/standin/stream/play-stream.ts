/** Player of a stream script: sends each step on time, and stops when the client disconnects. */
import type { FaultName } from "../wire/fault-names.ts";
import { chunksOf, writeStep } from "./stream-bytes.ts";
import type { Step } from "./stream-script.ts";

export type Playing = {
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Ends every stream, as a connection that breaks. */
  closing: AbortSignal;
  /** Called once: the script was played to its end (a cut too), or the client disconnected before. */
  ended(how: "ended" | "left"): void;
};

export function playStream(
  steps: readonly Step[],
  active: ReadonlySet<FaultName>,
  playing: Playing,
): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, playing.closing]);
  const chunks = play(steps, active, playing, signal);
  let open = true;
  const end = (how: "ended" | "left") => {
    if (open) playing.ended(how);
    open = false;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await chunks.next();
        if (!next.done) {
          controller.enqueue(next.value);
          return;
        }
        end("ended");
        controller.close();
      } catch (cause) {
        if (left.signal.aborted) return;
        end("ended");
        controller.error(cause);
      }
    },
    cancel() {
      end("left");
      left.abort();
    },
  });
}

async function* play(
  steps: readonly Step[],
  active: ReadonlySet<FaultName>,
  { sleep }: Playing,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  for (const [index, step] of steps.entries()) {
    signal.throwIfAborted();
    if (step.kind === "wait") {
      if (step.ms > 0) await sleep(step.ms, signal);
    } else if (step.kind === "stall") {
      await leaving(signal);
    } else if (step.kind === "cut") {
      // After the sent bytes have left, so that the client does receive the first half.
      await sleep(20, signal);
      throw new Error("The connection was cut on purpose");
    } else {
      yield* chunksOf(writeStep(step, active, index === steps.length - 1), active);
    }
  }
}

/** Rejects when the signal is aborted, and never resolves. */
export function leaving(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const leave = () => reject(signal.reason instanceof Error ? signal.reason : new Error("left"));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}
