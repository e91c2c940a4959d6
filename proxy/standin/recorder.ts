/** Recorder of all requests to the stand-in, so that tests can count what reached upstream. */
import type { Call } from "./wire/calls.ts";
import { limits } from "./limits.ts";

export type SeenRequest = {
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  /** As text, cut when long. */
  body: string;
  /** Null when it was no known call, or was refused for its key. */
  call: Call | null;
  /** Milliseconds, by the stand-in's clock. */
  at: number;
};

export type Seen = {
  /** Oldest first; the oldest are forgotten when there are too many. */
  readonly requests: readonly SeenRequest[];
  /** Streams opened, ended by the stand-in (also by a fault), and left by the client before their end. */
  readonly streams: { readonly opened: number; readonly ended: number; readonly left: number };
  /** How often a call was made since the last `clear`. */
  count(call: Call): number;
  clear(): void;
};

export type Observer = Seen & {
  note(request: Omit<SeenRequest, "call">): SeenRequest;
  stream(what: "opened" | "ended" | "left"): void;
};

export function createObserver(): Observer {
  const requests: SeenRequest[] = [];
  const streams = { opened: 0, ended: 0, left: 0 };
  return {
    requests,
    streams,
    count: (call) => requests.filter((request) => request.call === call).length,
    clear() {
      requests.length = 0;
      Object.assign(streams, { opened: 0, ended: 0, left: 0 });
    },
    note(request) {
      const entry: SeenRequest = { ...request, body: request.body.slice(0, limits.seenBody), call: null };
      requests.push(entry);
      if (requests.length > limits.seen) requests.shift();
      return entry;
    },
    stream(what) {
      streams[what]++;
    },
  };
}
