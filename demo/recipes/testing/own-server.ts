/** Server that a framework brings along, behind the address at which a test serves its site. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request, type RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../testing/free-port.ts";

export type OwnServer = { answer: RequestListener; stop(): Promise<void> };

/** Starts a program of Node that takes its port by `--port`, and waits until it answers. */
export async function startOwnServer(cwd: string, words: readonly string[]): Promise<OwnServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [...words, "--port", String(port)], {
    cwd,
    stdio: "ignore",
    env: { ...process.env, NODE_ENV: "production" },
  });
  const exited = once(child, "exit");
  const isUp = () => fetch(`http://127.0.0.1:${port}/`).then(Boolean, () => false);
  while (child.exitCode === null && !(await isUp())) await sleep(100);
  if (child.exitCode !== null) throw new Error(`${words.join(" ")} ended with ${child.exitCode}.`);

  return {
    answer(asked, response) {
      const passed = request({
        host: "127.0.0.1",
        port,
        method: asked.method,
        path: asked.url,
        headers: asked.headers,
      });
      passed.on("response", (given) => {
        response.writeHead(given.statusCode ?? 502, given.rawHeaders);
        given.pipe(response);
      });
      passed.on("error", () => response.destroy());
      asked.pipe(passed);
    },
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
