/** Packages and themes that the tests of recipes build sites with: fetched by npm, and kept in `node_modules/.cache/recipes/`. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../ensure.js";

const cache = join(root, "node_modules/.cache/recipes");

/**
 * @param {readonly string[]} words
 * @param {string} cwd
 */
function npm(words, cwd) {
  const ran = spawnSync("npm", words, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (ran.status !== 0) throw new Error(`npm ${words.join(" ")} failed: ${ran.stderr}`);
  return ran.stdout.trim();
}

/**
 * Installs packages in a folder of this name, unless just these are there.
 * @param {string} name
 * @param {Readonly<Record<string, string>>} dependencies
 */
export function installPackages(name, dependencies) {
  const folder = join(cache, name);
  const list = join(folder, "package.json");
  const wanted = JSON.stringify({ private: true, type: "module", dependencies });
  if (existsSync(list) && readFileSync(list, "utf8") === wanted) return;
  console.log(`Fetching what the recipe "${name}" is built with …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(list, wanted);
  try {
    npm(["install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"], folder);
  } catch (error) {
    rmSync(list);
    throw error;
  }
}

/**
 * Takes the themes out of Ghost's package, the rest of which is not installed.
 * @param {string} release
 */
export function fetchGhostThemes(release) {
  const themes = join(cache, `ghost-themes-${release}`);
  if (existsSync(themes)) return;
  console.log("Fetching Ghost's own themes …");
  const scratch = join(cache, "scratch");
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const packed = npm(["pack", "--silent", `ghost@${release}`], scratch);
  const tar = spawnSync("tar", ["xzf", packed, "package/content/themes"], { cwd: scratch });
  if (tar.status !== 0) throw new Error(`Ghost's themes cannot be unpacked: ${String(tar.stderr)}`);
  renameSync(join(scratch, "package/content/themes"), themes);
  rmSync(scratch, { recursive: true, force: true });
}
