/** Checks the source files, and reports which have changed since the last check. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Folders and files that are checked. */
const places = ["widget", "proxy", "demo", "vite.config.ts", "package-lock.json"];

/** Files that nothing built depends on. */
const isProof = (/** @type {string} */ path) => /\.(test|e2e|wp|bench)\.|(^|\/)testing\//.test(path);

/**
 * A mark for each file that changes whenever the file does: also when another one was put in its place, as editors and
 * git do, which watching by the system's own means misses on some systems.
 * @param {string} root
 * @returns {Map<string, string>}
 */
export function lookAtSources(root) {
  /** @type {Map<string, string>} */
  const marks = new Map();
  for (const path of places.flatMap((place) => filesAt(root, place))) {
    if (isProof(path)) continue;
    const { mtimeNs = 0n, size = 0n, ino = 0n } = statAt(join(root, path)) ?? {};
    marks.set(path, `${mtimeNs} ${size} ${ino}`);
  }
  return marks;
}

/**
 * @param {string} root
 * @param {string} place
 */
function filesAt(root, place) {
  const found = statAt(join(root, place));
  if (!found?.isDirectory()) return found ? [place] : [];
  return entriesOf(join(root, place))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length).replaceAll("\\", "/"));
}

/** @param {string} folder */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    // A folder in it was removed meanwhile; the next check finds the rest.
    return [];
  }
}

/** @param {string} path */
function statAt(path) {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}

/**
 * The names of new, removed and changed files.
 * @param {ReadonlyMap<string, string>} before
 * @param {ReadonlyMap<string, string>} after
 */
export function changedSources(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
