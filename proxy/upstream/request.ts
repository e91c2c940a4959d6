/** Calls of the upstream API: the only place that adds the key, and that turns an error response into a failure. */
import { whoseCall } from "../metrics/request-id.ts";
import { decodedBody } from "./transport/content-encoding.ts";
import { bodyMessage, errorCode, errorMessage } from "./error-message.ts";
import { bodyShape, failureDetail } from "./error-detail.ts";
import { type About, type ErrorAnswer, failureOf } from "./map-error.ts";
import { UpstreamFailure } from "./errors.ts";
import type { KeyGuard } from "./redact-key.ts";
import { fields, parse } from "./parse.ts";
import { retryAfter } from "./retry-after.ts";
import type { Timeouts, Transport, TransportResponse } from "./transport/types.ts";

export type Call = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: URL;
  /** Sent as JSON. */
  body?: unknown;
  about: About;
  /** Share of the account's calls a minute that it is counted in; `paid` where another call has paid for it. */
  part: CallPart | "paid";
  /** How many calls it pays for, itself and those that must follow it; default 1. */
  takes?: number;
  /** Whether it carries a visitor's input, which a 400 may be about; default false. */
  carriesInput?: boolean;
  /** What an error may repeat but must not be judged by: the question, the session id. */
  redact?: readonly string[];
  /** Limit of the whole call in milliseconds; default 20 s, or less where the settings say less. */
  totalMs?: number;
  signal: AbortSignal;
};

/** Shares of the account's calls a minute. */
type CallPart = "question" | "follow-up" | "source" | "read" | "own";

/** Takes calls and resolves with 0, or takes nothing and resolves with the milliseconds until they would fit. */
export type TakeCalls = (use: {
  part: CallPart;
  calls: number;
  /** The network address it is for; undefined where it is for no single visitor. */
  address: string | null | undefined;
}) => Promise<number>;

export type Calls = ReturnType<typeof createCalls>;

const maxErrorBytes = 64 * 1024;
const maxJsonBytes = 8 * 1024 * 1024;
const defaultTotalMs = 20_000;

type Options = {
  key: string;
  guard: KeyGuard;
  transport: Transport;
  timeouts: Timeouts;
  clock: () => number;
  take: TakeCalls;
};

export function createCalls(options: Options) {
  const { guard, transport, timeouts } = options;

  async function takeFor({ part, takes = 1, signal }: Call): Promise<void> {
    if (part === "paid") return;
    const wait = await options.take({ part, calls: takes, address: whoseCall(signal)?.address });
    signal.throwIfAborted();
    if (wait === 0) return;
    const detail = "refused by us: this minute's calls are used up (UPSTREAM_CALLS_PER_MINUTE)";
    throw new UpstreamFailure("upstream-busy", detail, Math.ceil(wait / 1000), true);
  }

  async function send(call: Call, accept: string, totalMs: number): Promise<TransportResponse> {
    call.signal.throwIfAborted();
    await takeFor(call);
    const sent = await transport.send({
      ...requestFor(call, options.key, accept),
      timeouts: { ...timeouts, totalMs: Math.min(totalMs, timeouts.totalMs) },
    });
    const response = { ...sent, body: decodedBody(sent) };
    if (response.status >= 200 && response.status < 300) return response;
    const complaint = await readComplaint(response);
    call.signal.throwIfAborted();
    response.discard();
    throw failure(call, response, complaint);
  }

  function failure(call: Call, response: TransportResponse, complaint: Complaint): UpstreamFailure {
    return failureOf({
      ...complaint,
      words: guard.scrub(complaint.words.replace(/\s+/g, " "), call.redact),
      retryAfter: retryAfter(response.header("retry-after"), options.clock()),
      about: call.about,
      carriesInput: call.carriesInput ?? false,
    });
  }

  return {
    /** Opens an answer: resolves with a 2xx response whose body is not read yet, or rejects with `UpstreamFailure`. */
    open: (call: Call): Promise<TransportResponse> => send(call, "text/event-stream", timeouts.totalMs),

    /** The parsed body of a 2xx answer, `null` when it is empty. A success status around an error is a failure too. */
    async json(call: Call): Promise<unknown> {
      const response = await send(call, "application/json", call.totalMs ?? defaultTotalMs);
      const text = await readText(response, maxJsonBytes, "refuse").finally(() => response.discard());
      if (text.trim() === "") return null;
      const body = parse(text);
      if (body === undefined) {
        const words = guard.scrub(bodyMessage(text), call.redact);
        throw new UpstreamFailure("upstream-down", failureDetail(response.status, words, bodyShape(text)));
      }
      guard.refuseKeyIn(body);
      if (fields(body)?.["status"] === "error") throw failure(call, response, complaintIn(body, text));
      return body;
    },
  };
}

function requestFor({ method, url, body, signal }: Call, key: string, accept: string) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${key}`,
    accept,
    // A compressed stream would arrive in lumps.
    "accept-encoding": "identity",
    "user-agent": "customgpt-widget-proxy",
  };
  if (body === undefined) return { method, url, headers, signal };
  headers["content-type"] = "application/json";
  return { method, url, headers, body: JSON.stringify(body), signal };
}

/** What an error response says. */
type Complaint = Pick<ErrorAnswer, "status" | "words" | "shape" | "isForeign">;

async function readComplaint(response: TransportResponse): Promise<Complaint> {
  const { status } = response;
  if (status < 400)
    return { status, words: bodyMessage(""), shape: "a redirect, not followed", isForeign: true };
  const text = await readText(response, maxErrorBytes, "cut").catch(() => "");
  return { status, words: bodyMessage(text), shape: bodyShape(text), isForeign: isForeign(status, text) };
}

/** What a parsed body with a success status says went wrong. */
const complaintIn = (body: unknown, text: string): Complaint => ({
  status: errorCode(body) ?? 500,
  words: errorMessage(body),
  shape: bodyShape(text),
});

/** Whether the service did not write this body; its 403 comes in its envelope, a firewall's may be JSON too. */
function isForeign(status: number, text: string): boolean {
  const body = fields(parse(text));
  return body === null || (status === 403 && body["status"] !== "error");
}

/** A body as text; one beyond the limit is cut off or refused. */
async function readText(
  response: TransportResponse,
  limit: number,
  beyond: "cut" | "refuse",
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const bytes of response.body) {
    size += bytes.length;
    if (size > limit && beyond === "refuse")
      throw new UpstreamFailure("upstream-down", "a body beyond all bounds");
    text += decoder.decode(bytes, { stream: true });
    if (size > limit) break;
  }
  return text + decoder.decode();
}
