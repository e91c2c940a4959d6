/** Abort signal for upstream calls that go on when the browser disconnects: a rating, a deletion, a shared read. */
import { forRequest, type Who } from "../metrics/request-id.ts";

/** `request` is the id of the request that the call belongs to, if any, and `who` its sender. */
export function untilDone(request?: string, who?: Who): AbortSignal {
  const { signal } = new AbortController();
  return request === undefined ? signal : forRequest(signal, request, who);
}
