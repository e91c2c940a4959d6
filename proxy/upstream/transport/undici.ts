/** The default transport: undici's `dispatch`, which follows nothing, adds nothing and repeats nothing. */
import type { LookupFunction } from "node:net";
import { clearTimeout, setTimeout as after } from "node:timers";
import { Agent, type Dispatcher } from "undici";
import { createByteQueue } from "./byte-queue.ts";
import { type Transport, TransportFailure, type TransportRequest, type TransportResponse } from "./types.ts";

type Options = {
  connectMs: number;
  /** Resolves host names in place of the system's own look-up. */
  lookup?: LookupFunction;
  /**
   * Milliseconds that a body may still take of which its reader needs no more, so that its connection, which took several
   * round trips to make, serves the next call; default 1000.
   */
  lingerMs?: number;
  /** Keep connections open for the next call; default true. */
  reuse?: boolean;
};

/** Bytes that such a body may still have. */
const mostLeft = 64 * 1024;

export function createUndiciTransport(options: Options): Transport {
  const agent = new Agent({
    connect: { timeout: options.connectMs, ...(options.lookup ? { lookup: options.lookup } : {}) },
    pipelining: options.reuse === false ? 0 : 1,
  });
  return {
    send: (request) => new Promise((resolve, reject) => dispatch(agent, options, request, resolve, reject)),
    // Not `close()`, which would wait for answers still being written.
    close: () => agent.destroy(),
  };
}

function dispatch(
  agent: Agent,
  { lingerMs = 1000 }: Options,
  request: TransportRequest,
  resolve: (response: TransportResponse) => void,
  reject: (reason: unknown) => void,
) {
  const { signal, timeouts } = request;
  if (signal.aborted) return reject(signal.reason);
  let controller: Dispatcher.DispatchController | undefined;
  let over = false;
  /** Bytes that may still come; null while there is a reader. */
  let spare: number | null = null;

  const settle = () => {
    over = true;
    signal.removeEventListener("abort", abort);
    clearTimeout(deadline);
  };
  // The reason is only made when it is needed: an error takes a look at the whole stack.
  const stop = (why: () => unknown) => {
    if (over) return;
    settle();
    const reason = why();
    reject(reason);
    queue.drop(reason);
    controller?.abort(new Error("The call was ended."));
  };
  const abort = () => stop(() => signal.reason);
  // undici has a controller once the connection stands, right before it writes.
  const isSent = () => controller !== undefined;
  const late = () =>
    stop(() => new TransportFailure("timeout", `not done after ${timeouts.totalMs} ms`, isSent()));
  // Real time, as undici's own limits are: whoever replaces the clock replaces the transport.
  let deadline = after(late, timeouts.totalMs).unref();
  signal.addEventListener("abort", abort);
  const queue = createByteQueue({
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
    stop(unread) {
      if (over) return;
      spare = mostLeft;
      clearTimeout(deadline);
      deadline = after(endUnread, lingerMs).unref();
      passUnread(unread);
    },
  });
  const endUnread = () => stop(() => new TransportFailure("broken", "read no further"));

  function passUnread(bytes: number): void {
    spare = (spare ?? 0) - bytes;
    if (spare < 0) endUnread();
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started;
      if (over) started.abort(new Error("The call was ended before it was sent."));
    },
    onResponseStart(_, status, headers) {
      if (over || status < 200) return;
      const header = (name: string) => {
        const value = headers[name];
        return Array.isArray(value) ? value[0] : value;
      };
      resolve({ status, header, body: queue.bytes, discard: () => stop(() => new Error("not read")) });
    },
    onResponseData(_, bytes) {
      if (over) return;
      if (spare === null) queue.push(bytes);
      else passUnread(bytes.length);
    },
    onResponseEnd() {
      if (over) return;
      settle();
      queue.end();
    },
    onResponseError(_, error) {
      if (over) return;
      settle();
      const failure = asFailure(error, isSent());
      reject(failure);
      queue.fail(failure);
    },
  };

  agent.dispatch(
    {
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      headersTimeout: timeouts.firstByteMs,
      bodyTimeout: timeouts.idleMs,
      // Never sent a second time by undici on another connection.
      idempotent: false,
    },
    handler,
  );
}

const timeoutCodes = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);

function asFailure(error: Error, isSent: boolean): TransportFailure {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return new TransportFailure(
    timeoutCodes.has(code) ? "timeout" : "broken",
    `${code} ${error.message}`.trim(),
    isSent,
  );
}
