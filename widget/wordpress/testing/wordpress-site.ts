/** A real WordPress for a test: a site on a free port, and nothing from outside. */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { configuration, owner } from "./configuration.ts";
import { layOut, unpackPlugin, type Version } from "./lay-out.ts";
import { startMariaDb } from "./mariadb.ts";
import { fpmServer, otherPhpServer, phpServer, type OtherPhp, type SiteServer } from "./servers.ts";

export type WordPressSite = {
  /** The site's address, with a slash at its end. */
  address: string;
  /** Runs PHP within WordPress and returns what it echoes. Whatever runs in this process waits meanwhile. */
  php(code: string): string;
  /** The same without waiting, for PHP that asks a service of this process. */
  phpBeside(code: string): Promise<string>;
  /** What WordPress and the plugin complained about. */
  complaints(): string;
  /** Puts a file into the site's folder. Those in `wp-content/mu-plugins` are plugins that are always on. */
  addFile(path: string, content: string): void;
  /** Installs the archive and switches the plugin on, without a browser. */
  activatePlugin(): void;
  /** Ids of the processes that run PHP behind nginx. */
  workers(): number[];
  stop(): Promise<void>;
};

export type SiteOptions = {
  /** Whether it has a second site, at `/two/`. */
  network?: boolean;
  database?: "sqlite" | "mariadb";
  /** nginx and this many workers of php-fpm, in place of PHP's own server. */
  fpmWorkers?: number;
  /** Whether nginx keeps what PHP answers, as hosts have it that want everything fast. */
  hasPageCache?: boolean;
  /** The version of PHP that serves pages, in place of the machine's own. */
  php?: OtherPhp;
  /** Constants of `wp-config.php`. */
  constants?: Readonly<Record<string, string>>;
};

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const settings = ["-d", "display_errors=stderr", "-d", "error_reporting=22527", "-d", "memory_limit=256M"];

function runPhp(words: readonly string[]): string {
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
    if (response && ![502, 503].includes(response.status))
      throw new Error(`The front page has status ${response.status}.`);
    await sleep(100);
  }
  throw new Error(`${address} does not answer.`);
}

function openServer(
  php: OtherPhp | undefined,
  fpmWorkers: number | undefined,
  hasPageCache: boolean,
): Promise<SiteServer> {
  if (php !== undefined) return otherPhpServer(php);
  return fpmWorkers === undefined ? phpServer() : fpmServer(fpmWorkers, hasPageCache);
}

/** Starts a site on which the installer has run. */
export async function startWordPress(
  version: Version,
  {
    network = false,
    database = "sqlite",
    fpmWorkers,
    hasPageCache = false,
    php,
    constants = {},
  }: SiteOptions = {},
): Promise<WordPressSite> {
  const folder = mkdtempSync(join(tmpdir(), "wordpress-"));
  const site = layOut(folder, version, database);
  const server = await openServer(php, fpmWorkers, hasPageCache);
  const mariadb = database === "mariadb" ? await startMariaDb(folder) : null;
  const address = `http://127.0.0.1:${server.port}`;
  const debugLog = join(folder, "debug.log");
  const within = (code: string) => [here("within.php"), site, address, code];

  async function stop(): Promise<void> {
    await server.stop();
    await mariadb?.close();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    const own = mariadb ? { ...constants, DB_HOST: `localhost:${mariadb.socket}` } : constants;
    writeFileSync(join(site, "wp-config.php"), configuration(folder, address, own));
    const install = [here("install.php"), site, address, owner.name, owner.password];
    runPhp(install);
    for (const step of network ? ["network", "second-site"] : []) runPhp([...install, step]);
    server.serve(site, folder);
    await untilAnswered(`${address}/`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address: `${address}/`,
    php: (code) => runPhp(within(code)),
    phpBeside: async (code) => (await promisify(execFile)("php", [...settings, ...within(code)])).stdout,
    complaints: () => (existsSync(debugLog) ? withoutOwn(readFileSync(debugLog, "utf8")) : ""),
    addFile(path, content) {
      const file = join(site, path);
      mkdirSync(dirname(file), { recursive: true });
      // What is there may be a link to the tree that is kept.
      rmSync(file, { force: true });
      writeFileSync(file, content);
    },
    activatePlugin() {
      const plugin = unpackPlugin(site);
      runPhp(
        within(
          `require_once ABSPATH . 'wp-admin/includes/plugin.php'; $done = activate_plugin( '${plugin}' );
          if ( is_wp_error( $done ) ) { echo $done->get_error_message(); exit( 1 ); }`,
        ),
      );
    },
    workers: () => server.workers(),
    stop,
  };
}
