/** A service on a real port that answers each path as a test scripts it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { undiciTransports } from "../../upstream/transport/node-transports.ts";
import { createAccount, type Account } from "../account.ts";

/** A status with a body; null hangs, `"cut"` drops the connection. */
export type Scripted =
  { status?: number; body: unknown; headers?: Readonly<Record<string, string>> } | null | "cut";

export type ScriptedService = {
  base: URL;
  account: Account;
  /** Method, path and body of each request. */
  heard: string[];
  /** What was slept between two tries, in milliseconds. */
  slept: number[];
  close: () => Promise<void>;
};

export const scriptedKey = "17|abcdefghijklmnopqrstuvwxyz0123456789ABCD";

/** `answers` takes the request's method and path below the API's root, and how often it was asked before. */
export async function startScriptedService(
  answers: (asked: string, times: number) => Scripted,
): Promise<ScriptedService> {
  const heard: string[] = [];
  const slept: number[] = [];
  const times = new Map<string, number>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const piece of request) body += String(piece);
    const asked = `${request.method} ${(request.url ?? "").replace("/api/v1", "")}`;
    heard.push(body === "" ? asked : `${asked} ${body}`);
    const before = times.get(asked) ?? 0;
    times.set(asked, before + 1);
    const scripted = answers(asked, before);
    if (scripted === "cut") return void response.destroy();
    if (scripted === null) return;
    const text = typeof scripted.body === "string" ? scripted.body : JSON.stringify(scripted.body);
    response.writeHead(scripted.status ?? 200, { "content-type": "application/json", ...scripted.headers });
    response.end(text);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The service has no port.");
  const base = new URL(`http://127.0.0.1:${address.port}/api/v1`);
  const account = createAccount({
    base,
    key: scriptedKey,
    transport: undiciTransports({ connectMs: 2000 }).transport,
    patienceMs: 2000,
    clock: Date.now,
    sleep: async (milliseconds, signal) => {
      slept.push(milliseconds);
      await sleep(1, undefined, signal ? { signal } : {});
    },
  });
  return {
    base,
    account,
    heard,
    slept,
    async close() {
      await account.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
