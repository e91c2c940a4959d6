/** Node HTTP server for a `Request → Response` function, with bounds against slow and greedy clients. */
import { once } from "node:events";
import { createServer, ServerResponse, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { readingOf } from "../../turns/turn-stream.ts";
import { writeTurn } from "./write-turn.ts";

/** A clone is a response of Node's own, which alone is recognized: the constant is none where it was loaded late. */
const alreadySent = RESPONSE_ALREADY_SENT.clone();

export type NodeServerOptions = {
  fetch: (request: Request, from: { address?: string | undefined }) => Promise<Response> | Response;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Seconds until a connection is closed whose client reads nothing of its response; default 30. */
  slowReaderSeconds?: number;
  /** How long a request's head may take, in seconds; default 10. */
  headersSeconds?: number;
  /** How long a whole request may take, in seconds; default 20. */
  requestSeconds?: number;
  /** Maximum of connections; further ones are closed at once. Default 10,000. */
  maxConnections?: number;
  /** Requests after which a connection is closed, so that a balancer can spread clients again; default 1000. */
  requestsPerConnection?: number;
};

export type NodeServer = {
  port: number;
  /** As one types it into a browser. */
  url: string;
  /** Accepts no more connections, lets running responses end for `graceMilliseconds`, then cuts the rest. */
  close(graceMilliseconds: number): Promise<void>;
};

/** Rejects with a sentence for the operator when the address cannot be listened on. */
export async function startNodeServer(options: NodeServerOptions): Promise<NodeServer> {
  const { fetch, host, port } = options;
  const { slowReaderSeconds = 30, headersSeconds = 10, requestSeconds = 20 } = options;
  const listener = getRequestListener(
    async (request, { incoming, outgoing }) => {
      const response = await fetch(request, { address: incoming.socket.remoteAddress });
      return outgoing instanceof ServerResponse
        ? sentDirectly(response, incoming.socket, outgoing)
        : response;
    },
    { hostname: "localhost" },
  );
  const open = new Set<ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      // Slow requests are cut; how long an answer may take is not bounded by these.
      headersTimeout: headersSeconds * 1000,
      requestTimeout: requestSeconds * 1000,
      connectionsCheckingInterval: Math.min(2000, headersSeconds * 200),
      // Longer than most load balancers keep theirs, so that they close first.
      keepAliveTimeout: 75_000,
      // Detects a peer that vanished without closing.
      keepAlive: true,
      keepAliveInitialDelay: 60_000,
    },
    (incoming, outgoing) => {
      open.add(outgoing);
      outgoing.once("close", () => open.delete(outgoing));
      // Nothing was read or written for that long. A reset lets the system drop its buffers at once.
      outgoing.on("timeout", (socket) => {
        if (socket.writableLength > 0) socket.resetAndDestroy();
      });
      if (!outgoing.socket) tellOfEnd(incoming.socket, outgoing);
      void listener(incoming, outgoing);
    },
  );
  server.timeout = slowReaderSeconds * 1000;
  server.maxRequestsPerSocket = options.requestsPerConnection ?? 1000;
  server.maxConnections = options.maxConnections ?? 10_000;
  const address = await listening(server, host, port);
  const shownHost = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return {
    port: address.port,
    url: `http://${shownHost.includes(":") ? `[${shownHost}]` : shownHost}:${address.port}`,
    close: (grace) => closed(server, open, grace),
  };
}

/** Node reports a connection's end only to the response that is being sent, not to those queued behind it. */
function tellOfEnd(connection: Socket, waiting: ServerResponse): void {
  const end = () => waiting.emit("close");
  connection.once("close", end);
  waiting.once("close", () => connection.off("close", end));
}

/** Turns are written directly: a web stream in between doubles the cost. */
function sentDirectly(response: Response, connection: Socket, outgoing: ServerResponse): Response {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  const reading = isStream && response.body ? readingOf(response.body) : undefined;
  if (!reading) return response;
  // Queued behind another response on the same connection, which may not be written to yet.
  if (!outgoing.socket && !connection.destroyed) return response;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  writeTurn(reading, outgoing);
  return alreadySent;
}

function listening(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(sentenceFor(error, host, port))));
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === "string")
        reject(new Error("The server has no network address."));
      else resolve(address);
    });
  });
}

function sentenceFor(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE")
    return `Port ${port} on ${host} is taken by another program; stop it, or set PORT to another one.`;
  if (error.code === "EACCES") return `Listening on port ${port} is not permitted; set PORT to 1024 or more.`;
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return `This machine has no address "${host}"; HOST takes one of its own, such as 127.0.0.1 or 0.0.0.0.`;
  return `Listening on ${host}, port ${port}, failed: ${error.message}.`;
}

async function closed(server: Server, open: ReadonlySet<ServerResponse>, grace: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  // Node counts a connection as idle once its response has ended, even if the client has not read all of it, and drops
  // unsent bytes.
  const unsent = [...open].filter((response) => response.writableEnded);
  await Promise.all(unsent.map((response) => once(response, "close")));
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
}
