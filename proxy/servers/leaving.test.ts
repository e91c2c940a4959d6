/** Tests of clients that disconnect before they are answered: nothing of them is left behind. */
import { connect } from "node:net";
import { afterEach, expect, it } from "vitest";
import { turnStream } from "../turns/turn-stream.ts";
import { Turn } from "../turns/turn.ts";
import { startNodeServer, type NodeServer } from "./node/http-server.ts";

let server: NodeServer | null = null;
afterEach(async () => {
  await server?.close(0);
  server = null;
});

/** A server whose every answer is this turn's stream, once `head` has resolved, and who is counted as reading it. */
async function serve(turn: Turn, head: Promise<void> = Promise.resolve()) {
  const seen = { requests: 0, readers: 0, listening: 0 };
  const schedule = () => {
    seen.listening++;
    return () => void seen.listening--;
  };
  server = await startNodeServer({
    host: "127.0.0.1",
    port: 0,
    async fetch() {
      seen.requests++;
      await head;
      seen.readers++;
      const left = () => void seen.readers--;
      const stream = turnStream(turn, { after: 0, schedule, heartbeat: 50, left });
      return new Response(stream, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
    },
  });
  return { port: server.port, seen };
}

const get = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

function visit(port: number, text = get) {
  const socket = connect(port, "127.0.0.1", () => socket.write(text));
  socket.on("error", () => undefined);
  socket.resume();
  return socket;
}

it("a client that disconnects before the head does not count as a reader for ever", async () => {
  let open = () => {};
  const { port, seen } = await serve(
    new Turn({ prompt: "a" }),
    new Promise<void>((resolve) => (open = resolve)),
  );
  const socket = visit(port);
  await expect.poll(() => seen.requests).toBe(1);
  socket.destroy();
  const other = visit(port);
  await expect.poll(() => seen.requests).toBe(2);
  // By now the server has heard of the first one's end as well.
  open();
  await expect.poll(() => [seen.readers, seen.listening]).toEqual([1, 1]);
  other.destroy();
  await expect.poll(() => [seen.readers, seen.listening]).toEqual([0, 0]);
});

it("nor does one that disconnects while the answer is queued behind another on the same connection", async () => {
  const turn = new Turn({ prompt: "a" });
  turn.write("x".repeat(100_000));
  const { port, seen } = await serve(turn);
  const socket = visit(port, get + get);
  await expect.poll(() => seen.readers).toBe(2);
  socket.destroy();
  await expect.poll(() => [seen.readers, seen.listening]).toEqual([0, 0]);
});

it("a disconnect is noticed while a client waits for an answer, behind another on the same connection too", async () => {
  const seen = { requests: 0, left: 0 };
  server = await startNodeServer({
    host: "127.0.0.1",
    port: 0,
    fetch: ({ signal }) => {
      seen.requests++;
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          seen.left++;
          resolve(new Response(null, { status: 499 }));
        });
      });
    },
  });
  const socket = visit(server.port, get + get + get);
  await expect.poll(() => seen.requests).toBe(3);
  socket.destroy();
  await expect.poll(() => seen.left).toBe(3);
});
