/** Request id and visitor of an upstream call, attached to the call's abort signal: for the log, and for fairness. */

/** For whom a call is made. */
export type Who = {
  visitor: string;
  /** From `clientAddress`; null where the server knows none. */
  address: string | null;
};

const requests = new WeakMap<AbortSignal, { id: string; who: Who | undefined }>();

/** Attaches a request's id, and its sender, to the signal, and returns it. */
export function forRequest(signal: AbortSignal, id: string, who?: Who): AbortSignal {
  requests.set(signal, { id, who });
  return signal;
}

/** Undefined for calls without a request, such as the check at the start. */
export function requestOf(signal: AbortSignal): string | undefined {
  return requests.get(signal)?.id;
}

/** Undefined for calls of the proxy itself, and for calls shared by several requests. */
export function whoseCall(signal: AbortSignal): Who | undefined {
  return requests.get(signal)?.who;
}
