/** Real nginx for tests: a bare `proxy_pass` with default buffering, and what a test adds. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Nginx = { url: string; stop(): Promise<void> };

/** `location` and `http` are further lines for those blocks. Rejects when nginx is not installed or does not start. */
export async function startNginx(
  target: string,
  more: { location?: string; http?: string } = {},
): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "nginx-"));
  const port = await freePort();
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${join(folder, "pid")}; error_log ${join(folder, "errors")};
    events {}
    http {
      access_log off;
      ${paths.join("\n")}
      ${more.http ?? ""}
      server {
        listen 127.0.0.1:${port};
        location / { proxy_pass ${target}; ${more.location ?? ""} }
      }
    }`,
  );
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: "ignore",
    env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` },
  });
  const gone = new Promise<null>((resolve) => {
    for (const event of ["exit", "error"]) child.once(event, () => resolve(null));
  });
  const url = `http://127.0.0.1:${port}`;
  async function stop(): Promise<void> {
    child.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }

  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer) return { url, stop };
    const pause = new Promise<true>((resolve) => setTimeout(() => resolve(true), 25));
    if ((await Promise.race([gone, pause])) === null) break;
  }
  await stop();
  throw new Error("nginx did not start; is it installed?");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
