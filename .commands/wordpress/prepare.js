/** What the WordPress tests need on a machine: programs from Debian, trees of WordPress, the SQLite drop-in. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installFromDebian, whyNoInstalling } from "../debian.js";
import { sqliteDropIn, versions, wordpressTree } from "./trees.js";

const extensions = ["sqlite3", "mysql", "xml", "mbstring", "curl"];

/** @param {boolean} withMariaDb */
function missing(withMariaDb) {
  const modules = spawnSync("php", ["-m"], { encoding: "utf8" }).stdout ?? "";
  const absent = extensions.filter((name) => !modules.includes(name === "mysql" ? "mysqli" : name));
  return [
    ...absent.map((name) => `php-${name}`),
    ...(existsSync("/usr/sbin/nginx") ? [] : ["nginx-light"]),
    ...(!withMariaDb || existsSync("/usr/sbin/mariadbd")
      ? []
      : ["mariadb-server-core", "mariadb-client-core"]),
    ...(spawnSync("sh", ["-c", "ls /usr/sbin/php-fpm*"]).status === 0 ? [] : ["php-cli", "php-fpm"]),
  ];
}

/**
 * Installs and fetches what is not there yet. Resolves with a sentence that says why WordPress cannot be tried, or with
 * null when it can.
 * @param {readonly import("./trees.js").Version[]} wanted
 * @param {boolean} withMariaDb whether sites are tried on MariaDB too, and not on SQLite alone
 * @returns {Promise<string | null>}
 */
export async function prepareWordPress(wanted, withMariaDb) {
  const packages = missing(withMariaDb);
  if (packages.length > 0) await installFromDebian(packages, "to run WordPress");
  const absent = missing(withMariaDb);
  if (absent.length > 0)
    return `There is no ${absent.join(", no ")}, and ${whyNoInstalling() ?? "installing it has failed"}.`;
  try {
    sqliteDropIn();
    for (const version of wanted) wordpressTree(version);
    return null;
  } catch (error) {
    return `It could not be fetched: ${error instanceof Error ? error.message : String(error)}`;
  }
}

// As a program of its own it leaves `npm test`, which runs other steps meanwhile, its process.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const why = await prepareWordPress(
    versions.filter((version) => process.argv.includes(version)),
    false,
  );
  if (why !== null) console.log(why);
  process.exit(why === null ? 0 : 1);
}
