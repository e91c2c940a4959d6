/** Tests of how every transport reports a broken connection. */
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { TransportFailure } from "../transport/types.ts";
import { never } from "./client.ts";
import { startService } from "./service.ts";
import { textOf, timeouts, type TransportServer } from "./transport-server.ts";

/** Adds the tests. */
export function itReportsFailures({ serve, open, atEnd }: TransportServer): void {
  it("a refused connection", async () => {
    const service = await startService(() => undefined);
    await service.close();
    const sending = open().send({ method: "GET", url: service.base, headers: {}, signal: never, timeouts });
    await expect(sending).rejects.toMatchObject({ name: "TransportFailure", kind: "broken", isSent: false });
  });

  it("a reset before the headers, without a second try", async () => {
    const { send, service } = await serve((_, response) => void response.destroy());
    const sending = send({ method: "POST", body: "{}" });
    await expect(sending).rejects.toMatchObject({ kind: "broken", isSent: true });
    await expect(send()).rejects.toMatchObject({ kind: "broken" });
    expect(service.asked).toHaveLength(2);
  });

  it("a body shorter than announced", async () => {
    const { send } = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("short", () => response.destroy());
    });
    await expect(send().then(({ body }) => textOf(body))).rejects.toBeInstanceOf(TransportFailure);
  });

  it("something that is not HTTP", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("SSH-2.0-OpenSSH_9.2\r\n");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const transport = open();
    atEnd(async () => server.close());
    const url = new URL(`http://127.0.0.1:${port}/`);
    const sending = transport.send({ method: "GET", url, headers: {}, signal: never, timeouts });
    await expect(sending).rejects.toMatchObject({ kind: "broken" });
  });
}
