/** Makes sure that this Node can run the project and that the locked packages are installed; built-in modules only. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
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

// The stamp lies inside node_modules, so deleting that folder also makes the packages count as missing.
const stamp = new URL("../node_modules/.installed-lockfile", import.meta.url);
const lockfile = createHash("sha256")
  .update(readFileSync(new URL("../package-lock.json", import.meta.url)))
  .digest("hex");
const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "none";

if (installed !== lockfile) {
  console.log("Installing the locked packages (npm ci) …");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
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
  writeFileSync(stamp, lockfile);
}
