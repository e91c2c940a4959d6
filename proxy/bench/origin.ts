/** Origin of the benchmark: CustomGPT.ai's wire format with answers made for measuring. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Origin = {
  port: number;
  /** Resolves with the moment (`performance.now()`) at which the answer to the question with this mark was cut. */
  cutOf(mark: string): Promise<number>;
  /** How many answers are being written. */
  open(): number;
  close(): Promise<void>;
};

/** Behaviour by the first word of a question; the further words are numbers, the last may be a mark. */
type Play = (response: ServerResponse, words: readonly string[]) => void;

const progress = (text: string) => `event: progress\ndata: {"status":"progress","message":"${text}"}\n\n`;
const finish = `event: finish\ndata: {"status":"finish","id":433,"citations":[]}\n\n`;
const stamped = () => progress(`t=${performance.now().toFixed(3)}; some words`);
const whole = JSON.stringify({
  status: "success",
  data: { id: 433, user_query: "q", openai_response: "Some words. ".repeat(20), citations: [] },
});

const head = { "content-type": "text/event-stream", "cache-control": "no-cache" };

const plays: Readonly<Record<string, Play>> = {
  json(response) {
    response
      .writeHead(200, { "content-type": "application/json", "content-length": whole.length })
      .end(whole);
  },
  /** `paced 200 5`: 200 events, 5 ms apart. */
  paced(response, [count, every]) {
    response.writeHead(200, head);
    let left = Number(count);
    const timer = setInterval(() => {
      response.write(stamped());
      if (--left > 0) return;
      clearInterval(timer);
      response.end(finish);
    }, Number(every));
    response.on("close", () => clearInterval(timer));
  },
  /** `burst 200`: 200 events, one in each turn of the event loop. */
  burst(response, [count]) {
    response.writeHead(200, head);
    let left = Number(count);
    (function next() {
      if (response.destroyed) return;
      response.write(stamped());
      if (--left > 0) setImmediate(next);
      else response.end(finish);
    })();
  },
  /** One event, then silence. */
  idle(response) {
    response.writeHead(200, head);
    response.write(stamped());
  },
  /** `flood 32`: 32 MB, as fast as they are read. */
  flood(response, [megabytes]) {
    response.writeHead(200, head);
    const event = progress("x".repeat(1000));
    let left = Number(megabytes) * 1000;
    (function more() {
      while (left-- > 0) if (!response.write(event)) return void response.once("drain", more);
      response.end(finish);
    })();
  },
};

/** `onCut` is called with a question's mark when its answer's connection ends early. */
export async function startOrigin(): Promise<Origin> {
  const cuts = new Map<string, (at: number) => void>();
  let sessions = 0;
  let open = 0;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    let body = "";
    for await (const bytes of request) body += String(bytes);
    if (request.url?.includes("/messages") && request.method === "POST") {
      const prompt = /"prompt":"([^"]*)"/.exec(body)?.[1] ?? "";
      const [name = "", ...words] = prompt.split(" ");
      open++;
      response.on("close", () => {
        open--;
        if (!response.writableFinished) cuts.get(words.at(-1) ?? "")?.(performance.now());
      });
      const play = plays[name];
      return play ? play(response, words) : response.writeHead(400).end();
    }
    const session = `00000000-0000-4000-8000-${String(++sessions).padStart(12, "0")}`;
    const data = JSON.stringify({ status: "success", data: { id: sessions, session_id: session } });
    response.writeHead(200, { "content-type": "application/json", "content-length": data.length }).end(data);
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => undefined));
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo;
  return {
    port,
    cutOf: (mark) => new Promise((resolve) => cuts.set(mark, resolve)),
    open: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
