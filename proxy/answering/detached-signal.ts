/** A signal for calls that a leaving browser must not cut short: a rating, a deletion, what many wait for. */
import { forRequest, type Who } from "../metrics/request-id.ts";

/** `request` is the id of the request that the call is for, if it is for one, and `who` whoever sent it. */
export function untilDone(request?: string, who?: Who): AbortSignal {
  const { signal } = new AbortController();
  return request === undefined ? signal : forRequest(signal, request, who);
}
