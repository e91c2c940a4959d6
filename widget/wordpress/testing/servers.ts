/** The kinds of server that a site of the tests can have. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { otherPhps } from "../../../.commands/wordpress/other-php.js";
import type { Version } from "./lay-out.ts";
import { freePort } from "../../../demo/testing/free-port.ts";
import { openFront } from "./front.ts";
import { environment } from "./programs.ts";
import { fpmConfig, nginxConfig } from "./server-config.ts";

export type OtherPhp = (typeof otherPhps)[Version][number];

export type SiteServer = {
  port: number;
  /** Serves this folder from now on, and logs into the other. */
  serve(site: string, folder: string): void;
  /** Ids of the processes that run PHP. */
  workers(): number[];
  stop(): Promise<void>;
};

/** PHP's own server: starts at once, needs nothing else, and reads pages only as fast as its few workers. */
export async function phpServer(): Promise<SiteServer> {
  const behind = await freePort();
  const front = await openFront(behind);
  let server: ChildProcess | null = null;
  return {
    port: front.port,
    serve(site, folder) {
      const log = openSync(join(folder, "server.log"), "a");
      const router = fileURLToPath(new URL("router.php", import.meta.url));
      server = spawn("php", ["-d", "memory_limit=256M", "-S", `127.0.0.1:${behind}`, "-t", site, router], {
        // Its workers are processes of their own, which end with the group.
        detached: true,
        stdio: ["ignore", log, log],
        env: { ...environment, PHP_CLI_SERVER_WORKERS: "6" },
      });
    },
    workers: () => [],
    async stop() {
      front.close();
      if (!server?.pid || server.exitCode !== null) return;
      const exited = once(server, "exit");
      process.kill(-server.pid, "SIGTERM");
      await exited;
    },
  };
}

/** nginx with php-fpm, as most hosts run it: streams answers, and has only so many workers. */
export async function fpmServer(workers: number, hasPageCache = false): Promise<SiteServer> {
  const port = await freePort();
  let running: ChildProcess[] = [];
  return {
    port,
    serve(site, folder) {
      const user = userInfo().username;
      const at = (name: string) => join(folder, name);
      writeFileSync(at("fpm.conf"), fpmConfig(folder, user, workers));
      writeFileSync(at("nginx.conf"), nginxConfig(folder, user, port, site, hasPageCache));
      const log = openSync(at("server.log"), "a");
      const run = (program: string, words: readonly string[]) =>
        spawn(program, words, { stdio: ["ignore", log, log], env: environment });
      running = [
        run(fpmName(), ["-F", "-R", "-y", at("fpm.conf")]),
        run("nginx", ["-c", at("nginx.conf"), "-p", folder, "-e", at("nginx.log")]),
      ];
    },
    workers() {
      const listed = spawnSync("ps", ["-o", "pid=", "--ppid", String(running[0]?.pid)], { encoding: "utf8" });
      return listed.stdout.split("\n").flatMap((line) => (line.trim() === "" ? [] : [Number(line)]));
    },
    async stop() {
      await Promise.all(
        running.map(async (server) => {
          if (server.exitCode !== null) return;
          const exited = once(server, "exit");
          server.kill("SIGTERM");
          await exited;
        }),
      );
    },
  };
}

/** PHP of another version than the machine's, as WebAssembly. */
export async function otherPhpServer(version: OtherPhp): Promise<SiteServer> {
  const port = await freePort();
  let server: ChildProcess | null = null;
  return {
    port,
    serve(site, folder) {
      const log = openSync(join(folder, "server.log"), "a");
      const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
      const program = here("../../../.commands/wordpress/serve-php.js");
      server = spawn(process.execPath, [program, version, String(port), site, here("router.php")], {
        stdio: ["ignore", log, log],
      });
    },
    workers: () => [],
    async stop() {
      if (!server || server.exitCode !== null) return;
      const exited = once(server, "exit");
      server.kill("SIGKILL");
      await exited;
    },
  };
}

/** Debian has the version in the program's name. */
function fpmName(): string {
  const version = spawnSync("php", ["-r", "echo PHP_MAJOR_VERSION, '.', PHP_MINOR_VERSION;"], {
    encoding: "utf8",
  });
  return `php-fpm${version.stdout}`;
}
