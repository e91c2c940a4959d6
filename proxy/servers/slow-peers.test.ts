/** Tests of clients that are slow on purpose, in sending requests and in reading responses. */
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { turnStream } from "../turns/turn-stream.ts";
import { Turn } from "../turns/turn.ts";
import { startNodeServer, type NodeServer, type NodeServerOptions } from "./node/http-server.ts";

let server: NodeServer | null = null;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close(0);
  server = null;
});

async function start(options: Partial<NodeServerOptions>) {
  const fetch = () => new Response("hello");
  server = await startNodeServer({ fetch, host: "127.0.0.1", port: 0, ...options });
  return server;
}

/** A connection that has sent this text: what it `heard` so far; `over` resolves with that when it ends in any way. */
function speak(port: number, text: string) {
  const socket = connect(port, "127.0.0.1", () => socket.write(text));
  sockets.push(socket);
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString("latin1")));
  socket.on("error", () => undefined);
  return {
    socket,
    heard: () => heard,
    over: new Promise<string>((resolve) => socket.on("close", () => resolve(heard))),
  };
}

const get = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
const post = "POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n";
const getAndClose = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function secondsUntil(over: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await over;
  return (performance.now() - began) / 1000;
}

describe("a request that trickles in", () => {
  it("is cut when its head takes too long, one letter at a time", async () => {
    const { port } = await start({ headersSeconds: 0.5, requestSeconds: 60 });
    const { socket, over } = speak(port, "GET / HTTP/1.1\r\nhost: a\r\nx-slow: ");
    const drip = setInterval(() => socket.write("x"), 50);
    expect(await secondsUntil(over)).toBeLessThan(3);
    clearInterval(drip);
    expect(await over).toMatch(/^HTTP\/1\.1 408/);
  });

  it("is cut when its body takes too long", async () => {
    const { port } = await start({
      headersSeconds: 0.5,
      requestSeconds: 0.7,
      fetch: async (request) => new Response(await request.text()),
    });
    const { socket, over } = speak(port, post);
    const drip = setInterval(() => socket.write("x"), 100);
    expect(await secondsUntil(over)).toBeLessThan(3);
    clearInterval(drip);
    expect(await over).not.toMatch(/ 200 /);
  });
});

describe("a reader that takes nothing", () => {
  /** A turn of forty megabytes that nobody has read yet. */
  function longTurn(): Turn {
    const turn = new Turn({ prompt: "a", largest: 100_000_000 });
    const piece = "x".repeat(100_000);
    for (let count = 0; count < 400; count++) turn.write(piece);
    return turn;
  }

  function serving(turn: Turn): Partial<NodeServerOptions> {
    const schedule = (milliseconds: number, work: () => void) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    };
    const headers = { "content-type": "text/event-stream; charset=utf-8" };
    return {
      fetch: () => new Response(turnStream(turn, { after: 0, schedule, heartbeat: 50 }), { headers }),
    };
  }

  /**
   * What comes to somebody who reads nothing for a while. A server on a busy machine may only begin to answer when that
   * is over, and then sends everything: the next try reads nothing for longer.
   */
  async function heardUntilCut(port: number, whole: number): Promise<string> {
    let heard = "";
    for (const patience of [1_500, 5_000, 15_000]) {
      const { socket, over } = speak(port, getAndClose);
      socket.pause();
      await pause(patience);
      socket.resume();
      heard = await over;
      if (heard.length < whole) break;
    }
    return heard;
  }

  it("is cut off, and the turn goes on", { timeout: 60_000 }, async () => {
    const turn = longTurn();
    const { port } = await start({ slowReaderSeconds: 0.4, ...serving(turn) });
    const heard = await heardUntilCut(port, 40_000_000);
    expect(heard).toMatch(/^HTTP\/1\.1 200[\s\S]*event: delta/);
    expect(heard.length).toBeLessThan(20_000_000);
    expect(turn.ending).toBeNull();
    expect(turn.signal.aborted).toBe(false);
  });

  it("is cut off from any other response as well", { timeout: 60_000 }, async () => {
    const { port } = await start({
      slowReaderSeconds: 0.4,
      fetch: () => new Response("x".repeat(30_000_000)),
    });
    expect((await heardUntilCut(port, 30_000_000)).length).toBeLessThan(30_000_000);
  });

  it("is not one that reads slowly but steadily, nor one that waits for a silent answer", async () => {
    const turn = longTurn();
    const { port } = await start({ slowReaderSeconds: 1.5, ...serving(turn) });
    const steady = speak(port, get);
    let pausing: NodeJS.Timeout | undefined;
    const reading = setInterval(() => {
      steady.socket.resume();
      pausing = setTimeout(() => steady.socket.pause(), 5);
    }, 50);
    await pause(2_500);
    clearInterval(reading);
    clearTimeout(pausing);
    steady.socket.resume();
    await pause(2_000);
    turn.finish("m");
    await expect.poll(() => steady.heard().slice(-60)).toMatch(/event: done[\s\S]*\r\n0\r\n\r\n$/);
  });

  it("does not make the proxy buffer forty megabytes for each of twenty", async () => {
    const turn = longTurn();
    const { port } = await start({ slowReaderSeconds: 20, ...serving(turn) });
    const before = process.memoryUsage();
    for (let count = 0; count < 20; count++) speak(port, get).socket.pause();
    await pause(500);
    const after = process.memoryUsage();
    expect(after.external + after.heapUsed - before.external - before.heapUsed).toBeLessThan(100_000_000);
  });
});

describe("too many connections", () => {
  it("are closed at once, and those that were there go on", async () => {
    const { port } = await start({ maxConnections: 2 });
    const first = speak(port, "");
    const second = speak(port, "");
    await pause(50);
    expect(await speak(port, get).over).toBe("");
    first.socket.write(get);
    await pause(50);
    first.socket.end();
    expect(await first.over).toMatch(/hello$/);
    second.socket.destroy();
  });

  it("are not kept for ever: after so many requests an answer says that it is the last, and a further one is refused", async () => {
    const { port } = await start({ requestsPerConnection: 3 });
    const { socket, over } = speak(port, get);
    for (let count = 0; count < 3; count++) {
      await pause(50);
      socket.write(get);
    }
    await pause(50);
    socket.destroy();
    const heard = await over;
    expect(heard.match(/hello/g)).toHaveLength(3);
    expect(heard.match(/connection: close\r\n[\s\S]*?hello/gi)).toHaveLength(1);
    expect(heard).toMatch(/HTTP\/1\.1 503/);
  });
});
