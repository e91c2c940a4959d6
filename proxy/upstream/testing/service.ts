/** Service on loopback for tests: answers as a test says, and records requests and closed connections. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Asked = {
  method: string;
  /** Path and query below the API's root. */
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
  /** Resolves when the caller's connection is gone or the response is written out; true when it was cut before. */
  left: Promise<boolean>;
};

export type Play = (asked: Asked, response: ServerResponse) => void | Promise<void>;

export async function startService(play: Play) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let body = "";
      for await (const bytes of request) body += String(bytes);
      const left = once(response, "close").then(() => !response.writableFinished);
      const path = (request.url ?? "").replace(/^\/api\/v1/, "");
      const entry = { method: request.method ?? "", path, headers: request.headers, body, left };
      asked.push(entry);
      await play(entry, response);
    })().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    base: new URL(`http://127.0.0.1:${port}/api/v1`),
    origin: `http://127.0.0.1:${port}`,
    asked,
    /** What was asked, as `METHOD /path`. */
    calls: () => asked.map(({ method, path }) => `${method} ${path}`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** An error envelope as documented. */
export function refuse(response: ServerResponse, status: number, message: string, headers = {}) {
  const url = "https://app.customgpt.ai/api/v1/projects/1";
  sendJson(response, status, { status: "error", url, data: { code: status, message } }, headers);
}

export function beginStream(response: ServerResponse) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
}
