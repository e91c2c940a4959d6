/** Puts a `Request → Response` function behind a Node HTTP server that is hard to tire. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";

export type NodeServerOptions = {
  fetch: (request: Request, from: { address?: string | undefined }) => Promise<Response> | Response;
  host: string;
  /** 0 takes a free one. */
  port: number;
};

export type NodeServer = {
  port: number;
  /** As one types it into a browser. */
  url: string;
  /** Takes no more connections, lets the running responses end for so many milliseconds, then cuts the rest. */
  close(graceMilliseconds: number): Promise<void>;
};

/** Rejects with a sentence for the operator when the address cannot be listened on. */
export async function startNodeServer({ fetch, host, port }: NodeServerOptions): Promise<NodeServer> {
  const listener = getRequestListener(
    (request, env) => fetch(request, { address: env.incoming.socket.remoteAddress }),
    { hostname: "localhost" },
  );
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      // Slow requests are cut; how long an answer may take is not bounded by these.
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      connectionsCheckingInterval: 2_000,
      // Longer than most load balancers keep theirs, so that it is they who close.
      keepAliveTimeout: 75_000,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  const address = await listening(server, host, port);
  const shownHost = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return {
    port: address.port,
    url: `http://${shownHost.includes(":") ? `[${shownHost}]` : shownHost}:${address.port}`,
    close: (grace) => closed(server, grace),
  };
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

function closed(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
