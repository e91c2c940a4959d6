/** Upstream client for tests: short limits, waits that are only recorded, a readable log. */
import type { Citation } from "../../protocol/bodies.ts";
import { createUpstream, type UpstreamLogEntry, type UpstreamOptions } from "../create-upstream.ts";
import { UpstreamFailure } from "../errors.ts";
import { undiciTransports } from "../transport/node-transports.ts";

export const key = "1234|abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN0123456789";
export const session = "1198da61-7d3c-4b1c-9c77-5f6f1f6f2a10";
export const never = new AbortController().signal;

export function clientFor(base: URL, more: Partial<UpstreamOptions> = {}) {
  const log: UpstreamLogEntry[] = [];
  const waits: number[] = [];
  const upstream = createUpstream({
    base,
    key,
    timeouts: { connectMs: 500, firstByteMs: 400, idleMs: 400, totalMs: 3000 },
    sleep: async (ms, signal) => {
      waits.push(ms);
      signal?.throwIfAborted();
    },
    clock: () => Date.now(),
    log: (event) => log.push(event),
    allowPrivatePictures: true,
    ...undiciTransports({ connectMs: 500, allowPrivatePictures: more.allowPrivatePictures ?? true }),
    ...more,
  });
  return { upstream, log, waits };
}

/** A sink that records. */
export function collect() {
  const deltas: string[] = [];
  const citations: Citation[][] = [];
  return {
    deltas,
    citations,
    text: () => deltas.join(""),
    sink: {
      accepted: () => {},
      delta: (text: string) => void deltas.push(text),
      citations: (list: Citation[]) => void citations.push(list),
    },
  };
}

/** The failure a call ends with; fails the test when it ends well or with something else. */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamFailure> {
  const error = await call.then(
    () => new Error("the call ended well"),
    (reason: unknown) => reason,
  );
  if (error instanceof UpstreamFailure) return error;
  throw error;
}
