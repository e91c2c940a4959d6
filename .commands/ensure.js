/** Makes sure that this Node can run the project and that the locked packages are installed; built-in modules only. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
// The build names its folders relative to the project, from wherever a command is called.
process.chdir(root);

/**
 * What runs a package's program, without a shell that would stumble over spaces in paths.
 * @param {string} path of the program's file in `node_modules`
 * @returns {string[]}
 */
export const program = (path) => [process.execPath, `node_modules/${path}`];

const oldest = /** @type {const} */ ([20, 19]);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(`This project needs Node ${oldest.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * The packages that a lockfile names.
 * @param {string} path relative to the project
 * @returns {Record<string, { integrity?: string, optional?: boolean }>}
 */
const packagesIn = (path) => JSON.parse(readFileSync(path, "utf8")).packages;

/**
 * npm writes down in `node_modules` what it has installed there, whoever called it. Optional packages are those of
 * other systems.
 */
function areInstalled() {
  const list = "node_modules/.package-lock.json";
  if (!existsSync(list)) return false;
  const installed = packagesIn(list);
  return Object.entries(packagesIn("package-lock.json")).every(([path, { integrity, optional }]) => {
    const there = installed[path];
    return path === "" || (there ? there.integrity === integrity : optional === true);
  });
}

if (!areInstalled()) {
  console.log("Installing the locked packages (npm ci) …");
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error(
      "Installing the packages failed; npm's own words are above. Mend that and run the command again.",
    );
    process.exit(npm.status ?? 1);
  }
}
