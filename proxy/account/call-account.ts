/** Calls to the owner's account: adds the key, bounds time and size, and throws `AccountProblem` only. */
import { bodyMessage, errorCode, errorMessage } from "../upstream/error-message.ts";
import { fields, parse } from "../upstream/parse.ts";
import { createKeyGuard } from "../upstream/redact-key.ts";
import { retryAfter } from "../upstream/retry-after.ts";
import { decodedBody } from "../upstream/transport/content-encoding.ts";
import { type Transport, TransportFailure } from "../upstream/transport/types.ts";
import { AccountProblem, problemFor } from "./account-problem.ts";

export type AccountOptions = {
  /** The API's root, such as `https://app.customgpt.ai/api/v1`. */
  base: URL;
  key: string;
  transport: Transport;
  /** Milliseconds that one call may take. */
  patienceMs: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Resolves after that time, or rejects as soon as the signal aborts. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export type AccountCall = {
  /** Below the API's root, query included. */
  path: string;
  /** Sent as JSON by POST; a call without one reads. */
  body?: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

const maxBytes = 8 * 1024 * 1024;
/** Pauses before a read is tried again, in milliseconds. */
const pauses = [1000, 3000];
/** A longer pause is the owner's to wait out. */
const maxPauseMs = 30_000;

/** Returns the `data` of an answer. Reads are repeated after passing failures; a creation never is. */
export function createAccountCall(options: AccountOptions) {
  const guard = createKeyGuard(options.key);

  async function once(call: AccountCall): Promise<unknown> {
    try {
      return await send(options, call, (text) => guard.scrub(text));
    } catch (error) {
      call.signal.throwIfAborted();
      throw error instanceof AccountProblem ? error : problemOfTransport(error, options.base, call);
    }
  }

  return async function callAccount(call: AccountCall): Promise<unknown> {
    if (call.body) return once(call);
    for (const pause of pauses) {
      try {
        return await once(call);
      } catch (error) {
        const wait = waitBefore(error, pause);
        if (wait === null) throw error;
        await options.sleep(wait, call.signal);
      }
    }
    return once(call);
  };
}

/** Milliseconds until the call may work, or null when waiting does not help. */
function waitBefore(error: unknown, pause: number): number | null {
  if (!(error instanceof AccountProblem)) return null;
  if (!["busy", "down", "unreachable"].includes(error.kind)) return null;
  const wait = error.retryAfterMs ?? pause;
  return wait <= maxPauseMs ? wait : null;
}

async function send(
  { base, key, transport, patienceMs, clock }: AccountOptions,
  { path, body, signal }: AccountCall,
  scrub: (text: string) => string,
): Promise<unknown> {
  const response = await transport.send({
    method: body ? "POST" : "GET",
    url: new URL(base.origin + base.pathname.replace(/\/+$/, "") + path),
    headers: {
      authorization: `Bearer ${key}`,
      accept: "application/json",
      "user-agent": "customgpt-widget-setup",
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal,
    timeouts: { connectMs: patienceMs, firstByteMs: patienceMs, idleMs: patienceMs, totalMs: patienceMs },
  });
  const text = await readText(decodedBody(response)).finally(() => response.discard());
  const answer = parse(text);
  const isError = fields(answer)?.["status"] === "error";
  const isSuccess = response.status >= 200 && response.status < 300;
  if (isSuccess && !isError && fields(answer)) return fields(answer)?.["data"] ?? answer;
  if (isSuccess && !isError) throw notTheService(base, body !== undefined);
  const reason = fields(answer) ? errorMessage(answer) : bodyMessage(text);
  const seconds = retryAfter(response.header("retry-after"), clock());
  throw problemFor({
    status: isSuccess ? (errorCode(answer) ?? 500) : response.status,
    reason: scrub(reason.replace(/\s+/g, " ")).trim().slice(0, 300),
    retryAfterMs: seconds === undefined ? null : seconds * 1000,
    isCreation: body !== undefined,
  });
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > maxBytes) throw new TransportFailure("broken", "an answer beyond all bounds");
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

function notTheService(base: URL, isCreation: boolean): AccountProblem {
  return new AccountProblem(
    isCreation ? "unclear" : "down",
    `What answers at ${base.href} does not speak as CustomGPT.ai does.`,
    "Look whether CUSTOMGPT_BASE_URL is right, and whether a firewall or a sign-in page answers in its place.",
  );
}

function problemOfTransport(error: unknown, base: URL, { body }: AccountCall): AccountProblem {
  const isSent = !(error instanceof TransportFailure) || error.isSent;
  if (body && isSent)
    return new AccountProblem(
      "unclear",
      "CustomGPT.ai has not said what came of it.",
      "Run set-up again: it looks for the new agent first, and makes none twice.",
    );
  const reason =
    error instanceof TransportFailure && error.kind === "timeout" ? "no answer in time" : "no connection";
  return new AccountProblem(
    "unreachable",
    `CustomGPT.ai cannot be reached at ${base.origin} (${reason}).`,
    "Look at this machine's network and its firewall, then try again.",
  );
}
