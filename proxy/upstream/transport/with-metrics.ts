/** Transport that counts the status of each call, or why there was none. */
import type { Metrics } from "../../metrics/metrics.ts";
import { TransportFailure, type Transport, type TransportRequest } from "./types.ts";

/** An aborted call is no failure and is not counted. `isForPictures`: the addresses are not the API's. */
export function withMetrics(
  transport: Transport,
  metrics: Pick<Metrics, "upstream">,
  isForPictures = false,
): Transport {
  return {
    async send(request) {
      const call = isForPictures ? "picture" : callOf(request);
      try {
        const response = await transport.send(request);
        metrics.upstream(call, response.status);
        return response;
      } catch (error) {
        if (error instanceof TransportFailure) metrics.upstream(call, error.kind);
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

/** A call's label in the metrics, from a fixed list and without ids. */
function callOf({ method, url }: TransportRequest): string {
  const last = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  if (method === "DELETE") return "forget";
  if (method === "PUT") return "react";
  if (method === "POST") return last === "messages" ? "ask" : "begin";
  if (last === "messages") return "messages";
  return url.pathname.includes("/citations/") ? "citation" : "profile";
}
