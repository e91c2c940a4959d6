/** Request to the proxy: headers and fetch options of every call but the one for the profile, and its timeout. */
import { identityHeader, renewalHeader, secretHeader } from "../../../proxy/protocol/headers.ts";
import type { ConversationRef } from "../../conversation/types.ts";
import { asJson } from "../../builtins/as-json.ts";
import { bare } from "../../builtins/bare.ts";

export type ProxyRequest = {
  /** Default: GET. */
  readonly method?: string;
  readonly path: string;
  /** The conversation that the call is about; its token goes along. */
  readonly ref?: ConversationRef | null;
  /** Sent as JSON. */
  readonly body?: object;
  /** The visitor's identity as a JWT of the owner's site. */
  readonly identity?: string | null | undefined;
  readonly secret?: string | null | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/** Rejects as `fetch` does. */
export function sendRequest(
  fetchNow: typeof fetch,
  proxy: string,
  { method = "GET", path, ref, body, identity, secret, headers, signal }: ProxyRequest,
): Promise<Response> {
  return fetchNow(
    proxy + path,
    bare<RequestInit>({
      method,
      signal: signal ?? null,
      mode: "cors",
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "strict-origin-when-cross-origin",
      headers: {
        accept: "application/json",
        ...(ref?.visitor && { authorization: `Bearer ${ref.visitor}` }),
        ...(identity && { [identityHeader]: identity }),
        ...(secret && { [secretHeader]: secret }),
        ...(body && { "content-type": "application/json" }),
        ...headers,
      },
      body: body ? asJson(body) : null,
    }),
  );
}

/** The fresh token that the proxy sends in place of one that will expire soon; null when it sends none. */
export const renewedToken = (response: Response): string | null => response.headers.get(renewalHeader);

/** Ends a request that has gone silent, or that its caller no longer wants. */
export type Watchdog = {
  /** Aborts when the caller's signal does, or when the silence has lasted too long. */
  readonly signal: AbortSignal;
  /** Restarts the timer: bytes have arrived, and `milliseconds` of silence are allowed from now on. */
  allow(milliseconds: number): void;
  /** Ends the request now. */
  abort(): void;
  /** The request is over. */
  end(): void;
};

/** Runs the callback after `milliseconds`, unless the returned function is called first. */
export type Schedule = (milliseconds: number, work: () => void) => () => void;

export function createWatchdog(wanted: AbortSignal | undefined, schedule: Schedule): Watchdog {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let cancel = () => {};
  if (wanted?.aborted) abort();
  wanted?.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    abort,
    allow(milliseconds) {
      cancel();
      cancel = schedule(milliseconds, abort);
    },
    end() {
      cancel();
      abort();
      wanted?.removeEventListener("abort", abort);
    },
  };
}
