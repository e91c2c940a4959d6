/** Abort signal for upstream calls that go on when the browser disconnects: a rating, a deletion, a shared read. */
import { forRequest, type Who } from "../metrics/request-id.ts";

/** `request` is the id of the request that the call is for, if it is for one, and `who` whoever sent it. */
export function untilDone(request?: string, who?: Who): AbortSignal {
  const { signal } = new AbortController();
  return request === undefined ? signal : forRequest(signal, request, who);
}
