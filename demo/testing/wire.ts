/** TCP forwarder between browser and proxy, on its own port, that can be cut at any byte. */
import { connect, createServer, type Socket } from "node:net";

export type Wire = {
  /** URL to open in the browser instead of the proxy's own. */
  address: string;
  /**
   * Destroys the connection that carries the next event stream after this many bytes of the response, its head included,
   * have gone to the browser; `times` in a row.
   */
  cutStreamsAfter(bytes: number, times?: number): void;
  /** Number of connections that were destroyed. */
  readonly cuts: number;
  /** The longest event stream since then that was not cut: bytes of its response, and of its head. */
  readonly longestStream: { readonly length: number; readonly head: number };
  /** Destroys all open connections. */
  cut(): void;
  /** While true, nothing passes and new connections are refused at once. */
  down(isDown: boolean): void;
  close(): Promise<void>;
};

/** `to` is asked at each connection. */
export async function stretchWire(to: () => string): Promise<Wire> {
  const open = new Set<Socket>();
  let cutAfter = Number.POSITIVE_INFINITY;
  let cutsLeft = 0;
  let cuts = 0;
  let longestStream = { length: 0, head: 0 };
  let isDown = false;

  const server = createServer((browser) => {
    if (isDown) {
      browser.destroy();
      return;
    }
    const { port, hostname } = new URL(to());
    const proxy = connect(Number(port), hostname);
    open.add(browser).add(proxy);
    let passed = -1;
    let head = 0;
    proxy.on("data", (piece: Buffer) => {
      if (passed < 0 && /content-type: text\/event-stream/i.test(piece.toString("latin1"))) {
        passed = 0;
        head = piece.indexOf("\r\n\r\n") + 4;
      }
      if (passed >= 0) {
        const allowed = cutsLeft > 0 ? cutAfter - passed : Number.POSITIVE_INFINITY;
        if (piece.length > allowed) {
          cutsLeft--;
          cuts++;
          proxy.removeAllListeners("data").destroy();
          browser.write(piece.subarray(0, allowed), () => browser.destroy());
          return;
        }
        passed += piece.length;
        if (passed > longestStream.length) longestStream = { length: passed, head };
      }
      browser.write(piece);
    });
    browser.on("data", (piece) => {
      // Further data on this connection belongs to another response.
      passed = -1;
      proxy.write(piece);
    });
    for (const [one, other] of [
      [browser, proxy],
      [proxy, browser],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.end();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const listening = server.address();
  if (listening === null || typeof listening === "string")
    throw new Error("The wire has no network address.");

  function cut(): void {
    for (const socket of open) socket.destroy();
  }

  return {
    address: `http://127.0.0.1:${listening.port}`,
    cutStreamsAfter(bytes, times = 1) {
      cutAfter = bytes;
      cutsLeft = times;
      longestStream = { length: 0, head: 0 };
    },
    get cuts() {
      return cuts;
    },
    get longestStream() {
      return longestStream;
    },
    cut,
    down(nowDown) {
      isDown = nowDown;
      if (nowDown) cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
