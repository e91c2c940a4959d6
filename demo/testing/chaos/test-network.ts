/** Network between a browser's tabs and the proxy, with faults for requests, streams and files that a test sets. */
import type { ReadFile } from "../tab/module-loader.ts";
import type { ManualTime } from "../../../proxy/testing/manual-time.ts";
import { streamThrough, type StreamFault } from "./stream-through.ts";

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Faults of a request: lost, response lost, no response at all, or another server's response. */
export type RequestFault = "refused" | "answer lost" | "silence" | "web page" | 403 | 429 | 500 | 503;

/** Faults of a file. */
export type FileFault = "missing" | "empty" | "web page" | "throws" | "late";

export type TestNetwork = ReturnType<typeof createNetwork>;

const webPage = "<!doctype html><title>Sign in</title><p>Welcome to the station's network.</p>";
const codes = { 403: "not-allowed", 429: "too-many", 500: null, 503: "upstream-busy" } as const;

const never = () => new Promise<never>(() => {});

/** The browser's error for a failed request. */
const failed = () => new TypeError("Failed to fetch");

function refusal(status: keyof typeof codes): Response {
  const code = codes[status];
  if (code === null) return new Response(webPage, { status, headers: { "content-type": "text/html" } });
  return Response.json({ problem: { code, message: "No.", retryAfter: 2 } }, { status });
}

const silence = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("Aborted", "AbortError")));
  });

export function createNetwork(time: ManualTime, toProxy: Fetch, readFile: ReadFile) {
  const faults: { requests: RequestFault[]; streams: StreamFault[]; files: FileFault[] } = {
    requests: [],
    streams: [],
    files: [],
  };
  const running = new Set<() => void>();
  let isOnline = true;

  async function file(address: string): Promise<string> {
    // Without the tag's own file, which browsers cache, there is no chat to test.
    if (address.endsWith("/widget.js")) return readFile(address);
    if (!isOnline) throw failed();
    const fault = faults.files.shift();
    if (fault === "missing") throw failed();
    if (fault === "empty") return "";
    if (fault === "web page") return webPage;
    if (fault === "throws") return `throw new Error("thrown by a file");`;
    if (fault === "late") await new Promise<void>((resolve) => void time.schedule(20_000, resolve));
    return readFile(address);
  }

  async function request(address: string, init: RequestInit, isGone: () => boolean): Promise<Response> {
    if (!isOnline) throw failed();
    const fault = faults.requests.shift();
    if (fault === "refused") throw failed();
    if (fault === "silence") return silence(init.signal);
    if (fault === "web page") return new Response(webPage, { headers: { "content-type": "text/html" } });
    if (typeof fault === "number") return refusal(fault);
    const response = await toProxy(address, init);
    if (isGone()) await response.body?.cancel();
    if (fault !== "answer lost" && isOnline) return response;
    await response.body?.cancel();
    throw failed();
  }

  return {
    faults,
    /** Without a network no request passes, and running ones break off. */
    setOnline(is: boolean): void {
      isOnline = is;
      if (!is) for (const cut of running) cut();
    },
    cut(): void {
      for (const cut of running) cut();
    },
    heal(): void {
      for (const each of Object.values(faults)) each.length = 0;
      isOnline = true;
    },
    /** Connections of one tab; a closed tab receives nothing any more. */
    open() {
      let isGone = false;
      const leaving = new Set<() => void>();
      return {
        async read(address: string): Promise<string> {
          const [text] = await Promise.allSettled([file(address)]);
          if (isGone) return never();
          if (text.status === "rejected") throw text.reason;
          return text.value;
        },
        async fetch(address: string, init: RequestInit): Promise<Response> {
          const [answer] = await Promise.allSettled([request(address, init, () => isGone)]);
          if (isGone) return never();
          if (answer.status === "rejected") throw answer.reason;
          const isStream = answer.value.headers.get("content-type")?.startsWith("text/event-stream");
          if (!isStream || !answer.value.body) return answer.value;
          const stream = streamThrough(answer.value.body, init.signal, faults.streams.shift());
          running.add(stream.cut);
          leaving.add(stream.leave);
          const { status, headers } = answer.value;
          return new Response(stream.body, { status, headers });
        },
        close(): void {
          isGone = true;
          for (const leave of leaving) leave();
        },
      };
    },
  };
}
