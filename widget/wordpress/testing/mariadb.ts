/** A MariaDB of its own: own folder, own socket, no network port. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { userInfo } from "node:os";
import { environment } from "./programs.ts";

export type Database = { socket: string; close(): Promise<void> };

export async function startMariaDb(folder: string): Promise<Database> {
  const data = join(folder, "mysql");
  const socket = join(folder, "my.sock");
  const user = userInfo().username;
  execFileSync("mariadb-install-db", [
    "--no-defaults",
    `--datadir=${data}`,
    `--user=${user}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
  ]);
  const server = spawn(
    "mariadbd",
    [
      "--no-defaults",
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--user=${user}`,
      "--skip-networking",
      `--pid-file=${join(folder, "my.pid")}`,
      `--log-error=${join(folder, "mysql.log")}`,
      "--innodb-buffer-pool-size=64M",
    ],
    { stdio: "ignore", env: environment },
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const prepare =
    "CREATE DATABASE IF NOT EXISTS wp CHARACTER SET utf8mb4; CREATE USER IF NOT EXISTS wp@localhost IDENTIFIED BY 'wp'; GRANT ALL ON wp.* TO wp@localhost";
  for (let tries = 0; ; tries++) {
    const { status } = spawnSync("mariadb", ["--no-defaults", `--socket=${socket}`, "-uroot", "-e", prepare]);
    if (status === 0) break;
    if (tries > 200 || server.exitCode !== null) throw new Error("MariaDB did not start.");
    await sleep(150);
  }
  return {
    socket,
    async close() {
      server.kill();
      await ended;
    },
  };
}
