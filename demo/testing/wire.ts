/** A wire between browser and proxy that can be cut at any byte: a plain TCP forwarder on its own port. */
import { connect, createServer, type Socket } from "node:net";

export type Wire = {
  /** The address to open in the browser instead of the proxy's own. */
  address: string;
  /**
   * Destroys the connection that carries the next event stream after this many more bytes of its body have gone to
   * the browser; how often in a row is up to `times`.
   */
  cutStreamsAfter(bytes: number, times?: number): void;
  /** How many connections were destroyed so far. */
  readonly cuts: number;
  /** While true, nothing passes and new connections are refused at once. */
  down(isDown: boolean): void;
  close(): Promise<void>;
};

export async function stretchWire(to: string): Promise<Wire> {
  const target = new URL(to);
  const open = new Set<Socket>();
  let cutAfter = Number.POSITIVE_INFINITY;
  let cutsLeft = 0;
  let cuts = 0;
  let isDown = false;

  const server = createServer((browser) => {
    if (isDown) {
      browser.destroy();
      return;
    }
    const proxy = connect(Number(target.port), target.hostname);
    open.add(browser).add(proxy);
    let passed = -1;
    proxy.on("data", (piece: Buffer) => {
      if (passed < 0 && /content-type: text\/event-stream/i.test(piece.toString("latin1"))) passed = 0;
      if (passed >= 0 && cutsLeft > 0) {
        const allowed = Math.max(0, cutAfter - passed);
        if (piece.length > allowed) {
          cutsLeft--;
          cuts++;
          browser.write(piece.subarray(0, allowed), () => {
            browser.destroy();
            proxy.destroy();
          });
          return;
        }
        passed += piece.length;
      }
      browser.write(piece);
    });
    browser.on("data", (piece) => proxy.write(piece));
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

  return {
    address: `http://127.0.0.1:${listening.port}`,
    cutStreamsAfter(bytes, times = 1) {
      cutAfter = bytes;
      cutsLeft = times;
    },
    get cuts() {
      return cuts;
    },
    down(nowDown) {
      isDown = nowDown;
      if (nowDown) for (const socket of open) socket.destroy();
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
