/** A real WordPress for a test: a site on a free port, with PHP's own server, its data in SQLite, and nothing from outside. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { configuration, owner } from "./configuration.ts";
import { openFront } from "./front.ts";

export type WordPressSite = {
  /** The site's address, with a slash at its end. */
  address: string;
  /** Runs PHP within WordPress and returns what it echoes. */
  php(code: string): string;
  /** What WordPress and the plugin complained about. */
  complaints(): string;
  /** Puts a file into the site's folder. Those in `wp-content/mu-plugins` are plugins that are always on. */
  addFile(path: string, content: string): void;
  stop(): Promise<void>;
};

export type Version = "6.4" | "6.8" | "newest";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const cache = resolve("node_modules/.cache/wordpress");

/** The archive that `npm run build:wordpress` made. */
export function pluginArchive(): string {
  const folder = "dist/wordpress";
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  if (!name) throw new Error("There is no plugin: run npm run build:wordpress.");
  return resolve(folder, name);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

/** Lays out WordPress with links to the files of the tree that is kept, so that a site takes little time and room. */
function layOut(folder: string, version: Version, address: string): string {
  const tree = join(cache, `wordpress-${version}`);
  const site = join(folder, "site");
  if (spawnSync("cp", ["-al", tree, site]).status !== 0) {
    rmSync(site, { recursive: true, force: true });
    cpSync(tree, site, { recursive: true });
  }
  const content = join(site, "wp-content");
  const dropIn = join(cache, "sqlite-database-integration");
  mkdirSync(join(content, "mu-plugins"), { recursive: true });
  mkdirSync(join(folder, "db"));
  rmSync(join(content, "db.php"), { force: true });
  writeFileSync(
    join(content, "db.php"),
    readFileSync(join(dropIn, "db.copy"), "utf8")
      .replaceAll("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", dropIn)
      .replaceAll("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php"),
  );
  cpSync(here("quiet.php"), join(content, "mu-plugins/quiet.php"));
  writeFileSync(join(site, "wp-config.php"), configuration(folder, address));
  return site;
}

function runPhp(words: readonly string[]): string {
  const settings = ["-d", "display_errors=stderr", "-d", "error_reporting=22527", "-d", "memory_limit=256M"];
  const ran = spawnSync("php", [...settings, ...words], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`PHP failed: ${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

/** A log without what WordPress says of itself: that it reaches nobody outside, and that PHP is newer than its code. */
function withoutOwn(log: string): string {
  const own =
    /WordPress\.org or this server|Deprecated: .* in \S+\/wp-(?:includes|admin)\/(?!functions\.php)/;
  const isOwn = (line: string) => own.test(line) || /REMOTE_ADDR|\/ms-functions\.php/.test(line);
  return log
    .split("\n")
    .filter((line) => !isOwn(line))
    .join("\n");
}

async function untilAnswered(address: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (response?.status === 200) return;
    if (response && response.status !== 503) throw new Error(`The front page has status ${response.status}.`);
    await sleep(100);
  }
  throw new Error(`${address} does not answer.`);
}

/** Starts a site on which the installer has run. With `network` it has a second site, at `/two/`. */
export async function startWordPress(version: Version, network = false): Promise<WordPressSite> {
  const folder = mkdtempSync(join(tmpdir(), "wordpress-"));
  const port = await freePort();
  const front = await openFront(port);
  const address = `http://127.0.0.1:${front.port}`;
  const site = layOut(folder, version, address);
  const install = [here("install.php"), site, address, owner.name, owner.password];
  runPhp(install);
  if (network) {
    runPhp([...install, "network"]);
    runPhp([...install, "second-site"]);
  }
  const log = openSync(join(folder, "server.log"), "a");
  const server = spawn(
    "php",
    ["-d", "memory_limit=256M", "-S", `127.0.0.1:${port}`, "-t", site, here("router.php")],
    {
      // Its workers are processes of their own, which end with the group.
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, PHP_CLI_SERVER_WORKERS: "6" },
    },
  );
  const exited = once(server, "exit");
  const debugLog = join(folder, "debug.log");

  async function stop(): Promise<void> {
    front.close();
    if (server.pid) process.kill(-server.pid, "SIGTERM");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    await untilAnswered(`${address}/`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address: `${address}/`,
    php: (code) => runPhp([here("within.php"), site, address, code]),
    complaints: () => (existsSync(debugLog) ? withoutOwn(readFileSync(debugLog, "utf8")) : ""),
    addFile(path, content) {
      const file = join(site, path);
      mkdirSync(dirname(file), { recursive: true });
      // What is there may be a link to the tree that is kept.
      rmSync(file, { force: true });
      writeFileSync(file, content);
    },
    stop,
  };
}
