/** A server in front of PHP's own, whose workers can forget a connection that a browser opens ahead of its request. */
import { once } from "node:events";
import { createServer, request } from "node:http";

export type Front = { readonly port: number; close(): void };

/** Passes each request on over a connection of its own, opened when the request is there. `behind` is PHP's port. */
export async function openFront(behind: number): Promise<Front> {
  const server = createServer((asked, answer) => {
    const passed = request({
      host: "127.0.0.1",
      port: behind,
      method: asked.method,
      path: asked.url,
      headers: { ...asked.headers, connection: "close" },
      agent: false,
    });
    passed.on("response", (given) => {
      answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
      given.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return {
    port: address.port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
