/** WordPress trees and the SQLite drop-in for tests, fetched by npm and apt, and kept in `node_modules/.cache/wordpress/`. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { root } from "../ensure.js";

const cache = join(root, "node_modules/.cache/wordpress");

/** Where each version of WordPress comes from. The newest one moves. */
/** @type {Readonly<Record<Version, readonly ["npm" | "debian", string]>>} */
const sources = {
  6.4: ["npm", "6.4"],
  6.8: ["debian", "trixie"],
  newest: ["debian", "sid"],
};

/** @typedef {"6.4" | "6.8" | "newest"} Version */

/** @type {readonly Version[]} */
export const versions = ["6.4", "6.8", "newest"];

/**
 * @param {string} program
 * @param {readonly string[]} words
 * @param {string} cwd
 */
function run(program, words, cwd = cache) {
  const ran = spawnSync(program, words, { cwd, encoding: "utf8", maxBuffer: 1e8 });
  if (ran.status !== 0) throw new Error(`${program} ${words.join(" ")} failed: ${ran.stderr || ran.stdout}`);
  return ran.stdout;
}

/**
 * @param {Uint8Array} archive
 * @param {string} folder
 * @param {number} strip how many leading folders the names lose
 */
function unpack(archive, folder, strip = 0) {
  for (const [name, bytes] of Object.entries(unzipSync(archive))) {
    const path = join(folder, ...name.split("/").slice(strip));
    if (name.endsWith("/")) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/**
 * Takes some paths out of a package; its dependencies stay where they are.
 * @param {string} name
 * @param {readonly string[]} paths
 * @param {string} folder
 */
function fromPackage(name, paths, folder) {
  const packed = run("npm", ["pack", "--silent", name], folder).trim();
  run("tar", ["xzf", packed, ...paths.map((path) => `package/${path}`)], folder);
  rmSync(join(folder, packed));
}

/**
 * The package has PHP in an archive, and what browsers load as files beside it.
 * @param {string} version
 * @param {string} scratch
 */
function treeFromNpm(version, scratch) {
  const archive = `src/wordpress/wp-${version}.zip`;
  const tree = join(scratch, "tree");
  fromPackage("@wp-playground/wordpress-builds@0.9.19", [archive, `public/wp-${version}`], scratch);
  cpSync(join(scratch, `package/public/wp-${version}`), tree, { recursive: true });
  unpack(readFileSync(join(scratch, "package", archive)), tree);
  rmSync(join(tree, "wp-content/database"), { recursive: true, force: true });
  return tree;
}

/**
 * Unpacks Debian's packages without installing them. WordPress' links lead into other packages, which come along.
 * @param {string} suite
 * @param {string} scratch
 */
function treeFromDebian(suite, scratch) {
  for (const name of ["etc", "lists/partial", "cache/archives/partial", "debs", "root"])
    mkdirSync(join(scratch, name), { recursive: true });
  const targets = run("apt-get", ["indextargets", "--format", "$(ORIGIN) $(REPO_URI)"]);
  const mirror = /^Debian (?<address>\S+\/debian\/)$/m.exec(targets)?.groups?.address;
  if (!mirror) throw new Error("apt's sources name no Debian mirror.");
  const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
  writeFileSync(
    join(scratch, "etc/suite.sources"),
    `Types: deb\nURIs: ${mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${keys}\n`,
  );
  const settings = {
    "Dir::Etc::SourceList": "/dev/null",
    "Dir::Etc::SourceParts": join(scratch, "etc"),
    "Dir::State::Lists": join(scratch, "lists"),
    "Dir::Cache": join(scratch, "cache"),
    "APT::Sandbox::User": "root",
  };
  const words = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  run("apt-get", [...words, "-qq", "update"]);
  const about = run("apt-cache", [...words, "show", "wordpress"]);
  const needed = (/^Depends:.*$/m.exec(about)?.[0] ?? "").match(/libjs-[a-z-]+|libphp-[a-z]+|php-getid3/g);
  const theme = /wordpress-theme-[a-z]+/.exec(about)?.[0] ?? "";
  run(
    "apt-get",
    [...words, "-qq", "download", "wordpress", theme, ...new Set(needed)],
    join(scratch, "debs"),
  );
  for (const name of readdirSync(join(scratch, "debs")))
    run("dpkg-deb", ["-x", join(scratch, "debs", name), join(scratch, "root")]);
  const installed = join(scratch, "root/usr/share/wordpress");
  // Links that lead into /etc lead nowhere here.
  run("find", [installed, "-xtype", "l", "-delete"]);
  run("cp", ["-rL", installed, join(scratch, "tree")]);
  return join(scratch, "tree");
}

/**
 * Makes a folder or a file of the cache in a scratch folder, so that what is there is whole.
 * @param {string} name
 * @param {(scratch: string) => string} make
 */
export function kept(name, make) {
  const path = join(cache, name);
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  console.log(`Fetching ${name} for the WordPress tests …`);
  const scratch = mkdtempSync(join(cache, ".scratch-"));
  try {
    renameSync(make(scratch), path);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return path;
}

/**
 * The path of a WordPress tree.
 * @param {Version} version
 */
export function wordpressTree(version) {
  const [from, name] = sources[version];
  return kept(`wordpress-${version}`, (scratch) => {
    const tree = from === "npm" ? treeFromNpm(name, scratch) : treeFromDebian(name, scratch);
    for (const file of ["wp-config.php", ".htaccess", "wordpress-remote-asset-paths"])
      rmSync(join(tree, file), { force: true });
    return tree;
  });
}

/** The path of the drop-in that lets WordPress keep its data in SQLite. */
export function sqliteDropIn() {
  return kept("sqlite-database-integration", (scratch) => {
    fromPackage("@wp-playground/cli@3.1.56", ["sqlite-database-integration.zip"], scratch);
    unpack(readFileSync(join(scratch, "package/sqlite-database-integration.zip")), join(scratch, "out"), 1);
    return join(scratch, "out");
  });
}
