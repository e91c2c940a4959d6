/** Transport by `fetch`, for runtimes without sockets; keeps every time limit itself. */
import type { Schedule } from "../../schedule.ts";
import { type Transport, TransportFailure, type TransportRequest, type TransportResponse } from "./types.ts";

type Options = {
  fetch: (address: string, init: RequestInit) => Promise<Response>;
  schedule: Schedule;
  /**
   * The `content-encoding`s that this runtime's `fetch` decodes although it keeps the header. Other encoded bodies are
   * returned as they are. workerd decodes `gzip` and `br`, Node `deflate` as well.
   */
  decodes: ReadonlySet<string>;
};

/**
 * Weaker than undici's where `fetch` reports less: connecting and waiting for the headers are one phase with the sum of
 * both limits; a failure counts as sent unless its cause certainly precedes sending (on workerd a refused connection looks
 * like a broken one); bytes that arrived right before a connection broke may be lost with it; the runtime may add headers
 * of its own.
 */
export function createFetchTransport(options: Options): Transport {
  const open = new Set<OpenCall>();
  return {
    send: (request) => send(request, options, open),
    close: () => {
      for (const call of open) call.end(new TransportFailure("broken", "the transport was closed"));
      return Promise.resolve();
    },
  };
}

type OpenCall = {
  /** Aborted when the call is ended early, with the reason for its caller. */
  signal: AbortSignal;
  end(reason: unknown): void;
  /** The call is over; nothing can end it early any more. */
  settle(): void;
};

async function send(
  request: TransportRequest,
  options: Options,
  open: Set<OpenCall>,
): Promise<TransportResponse> {
  request.signal.throwIfAborted();
  const { timeouts } = request;
  const call = openCall(request, options.schedule, open);
  const headMs = timeouts.connectMs + timeouts.firstByteMs;
  const cancelHead = options.schedule(headMs, () => call.end(late(`no response within ${headMs} ms`)));
  try {
    const response = await orEnded(options.fetch(request.url.href, initFor(request, call.signal)), call);
    return handedOver(response, call, options, timeouts.idleMs);
  } catch (error) {
    throw reasonOf(error, call);
  } finally {
    cancelHead();
  }
}

function openCall({ signal, timeouts }: TransportRequest, schedule: Schedule, open: Set<OpenCall>): OpenCall {
  const ending = new AbortController();
  const call: OpenCall = {
    signal: ending.signal,
    end(reason) {
      call.settle();
      ending.abort(reason);
    },
    settle() {
      cancelTotal();
      signal.removeEventListener("abort", leave);
      open.delete(call);
    },
  };
  const leave = () => call.end(signal.reason);
  const { totalMs } = timeouts;
  const cancelTotal = schedule(totalMs, () => call.end(late(`not done after ${totalMs} ms`)));
  signal.addEventListener("abort", leave);
  open.add(call);
  return call;
}

function initFor({ method, headers, body }: TransportRequest, signal: AbortSignal): RequestInit {
  return {
    method,
    headers: { ...headers },
    ...(body === undefined ? {} : { body }),
    redirect: "manual",
    signal,
  };
}

/** Rejects as soon as the call is ended, even where the runtime is slow to abort. */
async function orEnded(fetching: Promise<Response>, call: OpenCall): Promise<Response> {
  let leave = () => {};
  const ended = new Promise<never>((_, reject) => {
    leave = () => reject(new Error("The call was ended."));
    call.signal.addEventListener("abort", leave);
  });
  try {
    return await Promise.race([fetching, ended]);
  } finally {
    call.signal.removeEventListener("abort", leave);
  }
}

function handedOver(
  response: Response,
  call: OpenCall,
  { schedule, decodes }: Options,
  idleMs: number,
): TransportResponse {
  const { headers } = response;
  const isDecoded = decodes.has(headers.get("content-encoding")?.trim().toLowerCase() ?? "");
  return {
    status: response.status,
    header: (name) =>
      isDecoded && name === "content-encoding" ? undefined : (headers.get(name) ?? undefined),
    body: bytesOf(response.body, call, (work) => schedule(idleMs, work), idleMs),
    discard: () => call.end(new Error("not read")),
  };
}

async function* bytesOf(
  body: ReadableStream<Uint8Array> | null,
  call: OpenCall,
  afterSilence: (work: () => void) => () => void,
  idleMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!body) return call.settle();
  const reader = body.getReader();
  // For runtimes in which an abort does not reach a body that is being read.
  const leave = () => void reader.cancel().catch(() => {});
  call.signal.addEventListener("abort", leave);
  try {
    for (;;) {
      call.signal.throwIfAborted();
      const cancel = afterSilence(() => call.end(late(`silent for ${idleMs} ms`)));
      const { value, done } = await reader.read().finally(cancel);
      call.signal.throwIfAborted();
      if (done) break;
      yield value;
    }
    call.settle();
  } catch (error) {
    throw reasonOf(error, call);
  } finally {
    call.signal.removeEventListener("abort", leave);
    call.end(new Error("read no further"));
  }
}

/** The error for the caller: why the call was ended, or how the connection failed. */
function reasonOf(error: unknown, call: OpenCall): unknown {
  if (call.signal.aborted) return call.signal.reason;
  call.settle();
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = `${code} ${cause instanceof Error ? cause.message : "the fetch failed"}`.trim();
  return new TransportFailure("broken", message, !neverSent.has(code));
}

const late = (message: string) => new TransportFailure("timeout", message);

/** Node's error codes for a connection that was never made. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);
