/** Starts the stand-in on a loopback port of its own, where the proxy finds it as it would find the real service. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createStandin, type Standin, type StandinOptions } from "../standin/standin.ts";
import { startNodeServer } from "./node.ts";

export type RunningStandin = {
  /** The API's root, in place of `https://app.customgpt.ai/api/v1`. */
  base: URL;
  /** The bearer key it accepts. No secret: it opens nothing but this toy, and only on this machine. */
  key: string;
  standin: Standin;
  close(): Promise<void>;
};

const key = "1|the-stand-in-accepts-this-key-and-no-other";
const host = "127.0.0.1";

/** Listens on the port if it is free, so that one can find it again, and else on any. */
export async function startStandin(port: number, pace?: StandinOptions["pace"]): Promise<RunningStandin> {
  const standin = createStandin({
    key,
    ...(pace ? { pace } : {}),
    clock: Date.now,
    newId: randomUUID,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    mayFetch: ({ hostname }) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname),
    fetchPage: (address, signal) => fetch(address, { redirect: "manual", signal }),
  });
  const serve = (port: number) => startNodeServer({ fetch: (request) => standin.fetch(request), host, port });
  const server = await serve(port).catch(() => serve(0));
  return {
    base: new URL(`${server.url}/api/v1`),
    key,
    standin,
    async close() {
      standin.close();
      await server.close(0);
    },
  };
}
