/** Response to a question: a stream, a refusal, or the whole answer. */
import { proofHeader } from "../../../proxy/protocol/headers.ts";
import type { StreamEnd, StreamListener } from "../../conversation/environment.ts";
import { createEventStreamDecoder } from "./sse-decoder.ts";
import { parseJson } from "./json-object.ts";
import { refusalIn } from "./parse-responses.ts";
import type { Watchdog } from "./request.ts";

/** Milliseconds a stream may be silent: three times the proxy's usual heartbeat. A network that changed goes silent. */
const maxSilenceMs = 45_000;

/** Sends the question again, with another header. */
type Again = (headers: Record<string, string>) => Promise<StreamEnd>;

/**
 * The back-forward cache hardly ever keeps a page with an open connection, so this one is closed when the page is left.
 * The proxy reads on meanwhile, and a restored page continues the answer where it stopped.
 */
export function endWithPage(watchdog: Watchdog): void {
  const leave = () => watchdog.abort();
  addEventListener("pagehide", leave);
  watchdog.signal.addEventListener("abort", () => removeEventListener("pagehide", leave));
}

/** Rejects when a response breaks before its first event. `again` is null for a request that is itself a repetition. */
export async function readAnswer(
  response: Response,
  listener: StreamListener,
  watchdog: Watchdog,
  again: Again | null,
): Promise<StreamEnd> {
  const type = response.headers.get("content-type") ?? "";
  if (response.ok && response.body && type.startsWith("text/event-stream"))
    return readStream(response.body, listener, watchdog);
  const body = parseJson(await response.text());
  // A whole answer from a proxy that cannot stream, or another server's page.
  if (response.ok) return (await import("./json-answer.lazy.ts")).tellWhole(body, listener);
  const refusal = refusalIn(body);
  if (!refusal?.proof || !again) return refusal ?? "unreachable";
  const { proof } = refusal;
  const solution = await import("./proof-of-work.lazy.ts")
    .then(({ solve }) => solve(proof, watchdog.signal))
    .catch(() => null);
  if (solution) return again({ [proofHeader]: solution });
  return watchdog.signal.aborted ? "unreachable" : refusal;
}

async function readStream(
  body: ReadableStream<Uint8Array>,
  listener: StreamListener,
  watchdog: Watchdog,
): Promise<StreamEnd> {
  listener.opened();
  const decoder = createEventStreamDecoder((event) => listener.event(event));
  const reader = body.getReader();
  try {
    for (;;) {
      watchdog.allow(maxSilenceMs);
      const { done, value } = await reader.read();
      if (done) break;
      decoder.push(value);
    }
  } catch {
    // The stream was cut; its events say whether the turn is over.
  }
  return "closed";
}
