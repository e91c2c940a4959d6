/** Counts of calls of the service. */
import { expect, it } from "vitest";
import { createAddresses } from "../urls.ts";
import { withMetrics } from "./with-metrics.ts";
import { TransportFailure, type TransportRequest, type TransportResponse } from "./types.ts";

const addresses = createAddresses(new URL("https://upstream.example/api/v1"));
const timeouts = { connectMs: 1, firstByteMs: 1, idleMs: 1, totalMs: 1 };
const session = "0a1b2c3d-0000-4000-a000-000000000000";

async function counted(
  method: TransportRequest["method"],
  url: URL,
  answer: number | Error,
  isForPictures = false,
): Promise<unknown[]> {
  const seen: unknown[] = [];
  const response = (status: number): TransportResponse => ({
    status,
    header: () => undefined,
    body: (async function* () {})(),
    discard: () => {},
  });
  const transport = withMetrics(
    {
      send: async () => {
        if (typeof answer === "number") return response(answer);
        throw answer;
      },
      close: async () => {},
    },
    { upstream: (...words) => void seen.push(...words) },
    isForPictures,
  );
  const request = { method, url, headers: {}, signal: new AbortController().signal, timeouts };
  const thrown = await transport.send(request).then(
    () => answer,
    (error: unknown) => error,
  );
  expect(thrown).toBe(answer);
  return seen;
}

it("labels calls by their purpose, without ids", async () => {
  expect(await counted("POST", addresses.conversations(7), 201)).toEqual(["begin", 201]);
  expect(await counted("POST", addresses.messages(7, session, { stream: "true" }), 429)).toEqual([
    "ask",
    429,
  ]);
  expect(await counted("GET", addresses.messages(7, session, {}), 200)).toEqual(["messages", 200]);
  expect(await counted("PUT", addresses.feedback(7, session, 3), 200)).toEqual(["react", 200]);
  expect(await counted("DELETE", addresses.conversation(7, session), 404)).toEqual(["forget", 404]);
  expect(await counted("GET", new URL("https://pictures.example/messages"), 200, true)).toEqual([
    "picture",
    200,
  ]);
});

it("distinguishes timeouts from broken connections, and does not count aborted calls", async () => {
  const url = addresses.conversations(7);
  expect(await counted("POST", url, new TransportFailure("timeout", "late"))).toEqual(["begin", "timeout"]);
  expect(await counted("POST", url, new TransportFailure("broken", "reset"))).toEqual(["begin", "broken"]);
  expect(await counted("POST", url, new DOMException("left", "AbortError"))).toEqual([]);
});
