/** Installs programs the tests need from Debian, where that is possible: on Debian, as root, unless told not to. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

function isDebianAsRoot() {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  return /^ID="?debian"?$/m.test(release) && process.getuid?.() === 0;
}

/**
 * @param {string[]} words
 * @param {number} tries
 */
function apt(words, tries) {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const result = spawnSync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", ...words], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (result.status === 0) return;
    // `apt-get update` does not wait for another run's lock on its lists, so try again in a while.
    if (attempt < tries) spawnSync("sleep", ["5"]);
  }
}

/**
 * Tries; whoever calls looks whether the program is there now. E2E_NO_INSTALL=1 forbids it.
 * @param {string} name
 * @param {string} why
 */
export function installFromDebian(name, why) {
  if (!isDebianAsRoot() || process.env.E2E_NO_INSTALL === "1") return;
  console.log(`Installing ${name} from Debian ${why} …`);
  apt(["update"], 12);
  apt(["install", "-y", "--no-install-recommends", name], 3);
}

/**
 * Ends the process with a sentence when the program is not there and cannot be installed. `sign` is what has it do
 * nothing but show that it is there.
 * @param {string} name
 * @param {string} why
 * @param {string} sign
 */
export function needProgram(name, why, sign = "--version") {
  // Debian keeps servers where a user's PATH does not lead.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin` };
  const isThere = () => spawnSync(name, [sign], { stdio: "ignore", env }).status === 0;
  if (isThere()) return;
  installFromDebian(name, why);
  if (isThere()) return;
  console.error(`The tests need the program "${name}" ${why}. Install it and run \`npm test\` again.`);
  process.exit(1);
}
