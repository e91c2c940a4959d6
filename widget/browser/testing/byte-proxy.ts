/** Fake proxy that answers `fetch` with bytes: turns outlive connections, and connections are cut at any byte. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";

const encoder = new TextEncoder();

export const bytesOf = (events: readonly StreamEvent[], lineEnd = "\n"): Uint8Array =>
  encoder.encode(
    events
      .map(({ id, event, data }) => [`id: ${id}`, `event: ${event}`, `data: ${JSON.stringify(data)}`, "", ""])
      .map((lines) => lines.join(lineEnd))
      .join(`:${lineEnd}${lineEnd}`),
  );

export type Sent = { url: string; method: string; headers: Headers; body: unknown; init: RequestInit };

export function byteProxy(answer: readonly StreamEvent[]) {
  const sent: Sent[] = [];
  const turns = new Set<string>();
  /** Bytes after which each connection is cut, and whether with an error; later connections are complete. */
  const cuts: { bytes: number; error: boolean }[] = [];
  /** Responses to the first requests, instead of answers. */
  const instead: (() => Response)[] = [];

  function streamed(events: readonly StreamEvent[]): Response {
    const bytes = bytesOf(events);
    const cut = cuts.shift();
    const pieces = [bytes.slice(0, cut?.bytes)];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else if (cut?.error) controller.error(new TypeError("network error"));
        else controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
  }

  const fetch: typeof globalThis.fetch = (input, init = {}) => {
    const headers = new Headers(init.headers);
    const url = input instanceof Request ? input.url : String(input);
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : null;
    sent.push({ url, method: init.method ?? "GET", headers, body, init });
    const given = instead.shift();
    if (given) return new Promise((resolve) => resolve(given()));
    if (init.method === "POST") {
      // As in our proxy, a client without a token joins by the secret, and one without a secret asks a new question.
      turns.add(JSON.stringify([body, headers.has("authorization") || headers.get("turn-secret")]));
      return Promise.resolve(streamed(answer));
    }
    const after = Number(headers.get("last-event-id") ?? 0);
    return Promise.resolve(streamed(answer.filter((event) => event.id > after)));
  };

  return { fetch, sent, turns, cuts, instead };
}
