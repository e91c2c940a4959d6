/** What every transport must do, against a real server on loopback: every limit, every way to break, every moment to leave. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Transport, TransportFailure, type TransportRequest } from "../transport/types.ts";
import { never } from "./client.ts";
import { beginStream, type Play, startService } from "./service.ts";

export const timeouts = { connectMs: 300, firstByteMs: 300, idleMs: 300, totalMs: 2000 };
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const bytes of body) text += new TextDecoder().decode(bytes);
  return text;
}

/** Adds the tests; each gets a transport of its own, which is closed after it. */
export function itIsATransport(create: () => Transport): void {
  const endings: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0)) await end();
  });

  async function serve(play: Play) {
    const service = await startService(play);
    const transport = create();
    endings.push(
      () => transport.close(),
      () => service.close(),
    );
    const send = (more: Partial<TransportRequest> = {}) =>
      transport.send({ method: "GET", url: service.base, headers: {}, signal: never, timeouts, ...more });
    return { service, send };
  }

  describe("a response", () => {
    it("hands over status, headers and body", async () => {
      const { send, service } = await serve((_, response) => {
        response.writeHead(201, { "X-One": "1" });
        response.end("body");
      });
      const response = await send({ method: "POST", body: "{}", headers: { "x-ours": "yes" } });
      expect([response.status, response.header("x-one")]).toEqual([201, "1"]);
      expect(response.header("x-none")).toBeUndefined();
      expect(await textOf(response.body)).toBe("body");
      expect(service.asked[0]).toMatchObject({ method: "POST", body: "{}", headers: { "x-ours": "yes" } });
    });

    it("that redirects is handed over and not followed", async () => {
      const { send, service } = await serve((_, response) => {
        response.writeHead(302, { location: "/elsewhere" });
        response.end();
      });
      expect((await send()).status).toBe(302);
      expect(service.asked).toHaveLength(1);
    });

    it("may be announced by an early hint", async () => {
      const { send } = await serve((_, response) => {
        response.writeEarlyHints({ link: "</style.css>; rel=preload" });
        response.end("late");
      });
      const response = await send();
      expect([response.status, await textOf(response.body)]).toEqual([200, "late"]);
    });

    it("is read at the reader's pace, whole", async () => {
      const piece = "x".repeat(64 * 1024);
      const { send } = await serve((_, response) => {
        for (let count = 0; count < 64; count++) response.write(piece);
        response.end();
      });
      const { body } = await send();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await textOf(body)).length).toBe(64 * piece.length);
    });
  });

  describe("limits", () => {
    it("the first byte", async () => {
      const { send, service } = await serve(() => undefined);
      await expect(send()).rejects.toMatchObject({ name: "TransportFailure", kind: "timeout", isSent: true });
      expect(service.asked).toHaveLength(1);
      expect(await service.asked[0]?.left).toBe(true);
    });

    it("silence within a body, after what arrived was read", async () => {
      const { send } = await serve((_, response) => {
        beginStream(response);
        response.write("some");
      });
      const { body } = await send();
      const seen: string[] = [];
      const reading = (async () => {
        for await (const bytes of body) seen.push(String.fromCharCode(...bytes));
      })();
      await expect(reading).rejects.toMatchObject({ kind: "timeout" });
      expect(seen).toEqual(["some"]);
    });

    it("everything together, however lively", async () => {
      const { send, service } = await serve(async (asked, response) => {
        beginStream(response);
        const ticking = setInterval(() => response.write("."), 50);
        await asked.left;
        clearInterval(ticking);
      });
      const { body } = await send({ timeouts: { ...timeouts, totalMs: 400 } });
      await expect(textOf(body)).rejects.toMatchObject({ kind: "timeout" });
      expect(await service.asked[0]?.left).toBe(true);
    });
  });

  describe("breaking", () => {
    it("a refused connection", async () => {
      const { send, service } = await serve(() => undefined);
      await service.close();
      endings.pop();
      await expect(send()).rejects.toMatchObject({ name: "TransportFailure", kind: "broken", isSent: false });
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
      const sockets: Socket[] = [];
      const server = createServer((socket) => {
        sockets.push(socket);
        socket.on("error", () => undefined);
        socket.end("SSH-2.0-OpenSSH_9.2\r\n");
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      const transport = create();
      endings.push(
        () => transport.close(),
        async () => server.close(),
      );
      const url = new URL(`http://127.0.0.1:${port}/`);
      const sending = transport.send({ method: "GET", url, headers: {}, signal: never, timeouts });
      await expect(sending).rejects.toMatchObject({ kind: "broken" });
    });
  });

  describe("leaving", () => {
    it("before the headers ends the connection and rejects with the leaver's reason", async () => {
      const { send, service } = await serve(() => undefined);
      const leaving = new AbortController();
      const sending = send({ method: "POST", body: "{}", signal: leaving.signal });
      while (service.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      leaving.abort(new Error("stopped"));
      await expect(sending).rejects.toThrow("stopped");
      expect(await service.asked[0]?.left).toBe(true);
    });

    it("in the middle of a body ends the connection, for a reader that waits and for one that does not", async () => {
      const { send, service } = await serve((_, response) => {
        beginStream(response);
        response.write("first");
      });
      const leaving = new AbortController();
      const waiting = (await send({ signal: leaving.signal })).body;
      const unread = (await send({ signal: leaving.signal })).body;
      const reading = textOf(waiting);
      setTimeout(() => leaving.abort(new Error("stopped")), 30);
      await expect(reading).rejects.toThrow("stopped");
      await expect(textOf(unread)).rejects.toThrow("stopped");
      expect(await Promise.all(service.asked.map(({ left }) => left))).toEqual([true, true]);
    });

    it("beforehand sends nothing", async () => {
      const { send, service } = await serve((_, response) => void response.end());
      await expect(send({ signal: AbortSignal.abort(new Error("stopped")) })).rejects.toThrow("stopped");
      expect(service.asked).toEqual([]);
    });

    it("the loop over a body ends the connection", async () => {
      const { send, service } = await serve((_, response) => {
        beginStream(response);
        response.write("first");
      });
      const { body } = await send();
      for await (const bytes of body) {
        expect(bytes.length).toBe(5);
        break;
      }
      expect(await service.asked[0]?.left).toBe(true);
    });

    it("a body unread ends the connection", async () => {
      const { send, service } = await serve((_, response) => beginStream(response));
      (await send()).discard();
      expect(await service.asked[0]?.left).toBe(true);
    });

    it("closing the transport ends every open answer", async () => {
      const service = await startService((_, response) => beginStream(response));
      endings.push(() => service.close());
      const transport = create();
      const { body } = await transport.send({
        method: "GET",
        url: service.base,
        headers: {},
        signal: never,
        timeouts,
      });
      const reading = textOf(body).catch((error: unknown) => error);
      await transport.close();
      expect(await reading).toMatchObject({ kind: "broken" });
    });
  });
}
