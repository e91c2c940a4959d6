/** Transport by undici's `dispatch`: follows no redirect, adds no header, repeats no request. */
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
   * Milliseconds that a body may still take after its reader has stopped, so that its connection, which took several
   * round trips to make, serves the next call; default 1000.
   */
  lingerMs?: number;
  /** Keep connections open for the next call; default true. */
  reuse?: boolean;
};

/** Bytes that such a body may still have. */
const maxUnreadBytes = 64 * 1024;

export function createUndiciTransport(options: Options): Transport {
  const agent = new Agent({
    connect: { timeout: options.connectMs, ...(options.lookup ? { lookup: options.lookup } : {}) },
    pipelining: options.reuse === false ? 0 : 1,
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        if (request.signal.aborted) return reject(request.signal.reason);
        const call = createCall(request, options.lingerMs ?? 1000, reject);
        agent.dispatch(dispatchOptions(request), handlerOf(call, resolve));
      }),
    // Not `close()`, which would wait for answers that are still streaming.
    close: () => agent.destroy(),
  };
}

function dispatchOptions({ url, method, headers, body, timeouts }: TransportRequest) {
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers,
    body: body ?? null,
    headersTimeout: timeouts.firstByteMs,
    bodyTimeout: timeouts.idleMs,
    // Never sent a second time by undici on another connection.
    idempotent: false,
  };
}

/** A call under way. */
type Call = {
  /** The response's body, for its reader. */
  body: AsyncIterable<Uint8Array>;
  isOver(): boolean;
  /** undici is about to write the request. */
  sending(controller: Dispatcher.DispatchController): void;
  received(bytes: Uint8Array): void;
  /** The response has ended by itself. */
  finish(): void;
  /** The connection failed; the reader still gets what arrived before. */
  fail(error: Error): void;
  /** Ends the connection. The reason is made only when it is needed, because an error records the whole stack. */
  stop(reason: () => unknown): void;
};

function createCall(
  { signal, timeouts }: TransportRequest,
  lingerMs: number,
  reject: (reason: unknown) => void,
): Call {
  /** Set once the connection stands, right before undici writes. */
  let controller: Dispatcher.DispatchController | undefined;
  let over = false;
  /** Counts the bytes that still come when the reader has stopped; null while there is a reader. */
  let drain: ((bytes: number) => void) | null = null;

  const settle = () => {
    over = true;
    signal.removeEventListener("abort", abort);
    clearTimeout(deadline);
  };
  const stop = (why: () => unknown) => {
    if (over) return;
    settle();
    const reason = why();
    reject(reason);
    queue.drop(reason);
    controller?.abort(new Error("The call was ended."));
  };
  const abort = () => stop(() => signal.reason);
  const late = () => stop(() => timeoutAfter(timeouts.totalMs, controller !== undefined));
  // Real time, as in undici's own limits: a test with another clock brings another transport.
  let deadline = after(late, timeouts.totalMs).unref();
  signal.addEventListener("abort", abort);

  const endUnread = () => stop(() => new TransportFailure("broken", "read no further"));
  const queue = createByteQueue({
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
    stop(unread) {
      if (over) return;
      clearTimeout(deadline);
      deadline = after(endUnread, lingerMs).unref();
      drain = limitBytes(maxUnreadBytes, endUnread);
      drain(unread);
    },
  });

  return {
    body: queue.bytes,
    isOver: () => over,
    stop,
    sending(started) {
      controller = started;
      if (over) started.abort(new Error("The call was ended before it was sent."));
    },
    received: (bytes) => (drain ? drain(bytes.length) : queue.push(bytes)),
    finish() {
      settle();
      queue.end();
    },
    fail(error) {
      settle();
      const failure = asFailure(error, controller !== undefined);
      reject(failure);
      queue.fail(failure);
    },
  };
}

/** Passes what undici reports on to the call, until the call is over. */
function handlerOf(call: Call, resolve: (response: TransportResponse) => void): Dispatcher.DispatchHandler {
  const discard = () => call.stop(() => new Error("not read"));
  return {
    onRequestStart: (controller) => call.sending(controller),
    onResponseStart(_, status, headers) {
      if (call.isOver() || status < 200) return;
      const header = (name: string) => {
        const value = headers[name];
        return Array.isArray(value) ? value[0] : value;
      };
      resolve({ status, header, body: call.body, discard });
    },
    onResponseData(_, bytes) {
      if (!call.isOver()) call.received(bytes);
    },
    onResponseEnd() {
      if (!call.isOver()) call.finish();
    },
    onResponseError(_, error) {
      if (!call.isOver()) call.fail(error);
    },
  };
}

/** Returns a counter of bytes that calls `exceeded` once they are more than `maxBytes`. */
function limitBytes(maxBytes: number, exceeded: () => void): (bytes: number) => void {
  let spare = maxBytes;
  return (bytes) => {
    spare -= bytes;
    if (spare < 0) exceeded();
  };
}

const timeoutAfter = (ms: number, isSent: boolean) =>
  new TransportFailure("timeout", `not done after ${ms} ms`, isSent);

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
