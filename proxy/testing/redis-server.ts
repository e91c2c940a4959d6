/** Real Redis for tests, on a free port and without a file; it can be killed, frozen and restarted. */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, connect } from "node:net";

export type RedisServer = {
  url: string;
  port: number;
  /** Kills it; its data is lost. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Stops it from answering, without closing connections. */
  freeze(): void;
  thaw(): void;
};

/** Rejects with a sentence when the program `redis-server` is not there. */
export async function startRedisServer(): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const started = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      { stdio: "ignore" },
    );
    child = started;
    const failed = new Promise<never>((_, reject) => {
      started.once("error", () => reject(new Error("redis-server cannot be started; is it installed?")));
    });
    failed.catch(() => {});
    for (let tries = 0; tries < 200; tries++) {
      if (await Promise.race([answers(port), failed])) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error("redis-server did not answer within five seconds.");
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    async kill() {
      const ending = child;
      child = null;
      if (!ending) return;
      const gone = new Promise((resolve) => ending.once("exit", resolve));
      ending.kill("SIGKILL");
      await gone;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address === null || typeof address === "string"
          ? reject(new Error("no port"))
          : resolve(address.port),
      );
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once("data", (bytes) => end(bytes.toString().startsWith("+PONG")));
    socket.once("error", () => end(false));
    socket.setTimeout(500, () => end(false));
  });
}
