/** Server of the stand-in on a loopback port, addressed like the real service. */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readHost } from "../../http/host.ts";
import { isLoopback } from "../../settings/parsers.ts";
import { failure } from "../../standin/wire/envelope.ts";
import { createStandin, type Standin, type StandinOptions } from "../../standin/standin.ts";
import { startNodeServer } from "../node/http-server.ts";

export type RunningStandin = {
  /** The API's root, in place of `https://app.customgpt.ai/api/v1`. */
  base: URL;
  /**
   * Bearer key that it accepts, new at each start: a client that has it can make the stand-in fetch pages from this machine.
   */
  key: string;
  standin: Standin;
  close(): Promise<void>;
};

/** Always loopback, regardless of HOST. */
const host = "127.0.0.1";

/**
 * Listens on the port if it is free, so that one can find it again, and else on any. It reads pages of this machine,
 * and of `site` where that is called otherwise.
 */
export async function startStandin(
  port: number,
  pace?: StandinOptions["pace"],
  site?: () => string,
): Promise<RunningStandin> {
  const key = `1|${randomBytes(30).toString("base64url")}`;
  const standin = createStandin({
    key,
    ...(pace ? { pace } : {}),
    clock: Date.now,
    newId: randomUUID,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    mayFetch: ({ hostname, origin }) => isLoopback(hostname) || origin === site?.(),
    fetchPage: (address, signal) => fetch(address, { redirect: "manual", signal }),
  });
  const answer = (request: Request) =>
    isLoopback(readHost(request.headers.get("host"))?.name ?? "")
      ? standin.fetch(request)
      : failure(request.url, 421, "The stand-in answers to this machine's own name only.");
  const serve = (port: number) => startNodeServer({ fetch: answer, host, port });
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
