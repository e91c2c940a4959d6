/** Installs programs for the tests from Debian where possible: on Debian, as root, unless disabled. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Why nothing can be installed here, or null when it can. */
export function whyNoInstalling() {
  if (process.env.E2E_NO_INSTALL === "1") return "E2E_NO_INSTALL is 1";
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  if (!/^ID="?debian"?$/m.test(release)) return "this is not Debian";
  return process.getuid?.() === 0 ? null : "only root may install from Debian";
}

/**
 * @param {string[]} words
 * @param {number} tries
 */
async function apt(words, tries) {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const [status] = await once(
      spawn("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", ...words], {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      }),
      "exit",
    );
    if (status === 0) return;
    // `apt-get update` does not wait for another run's lock on its lists, so try again in a while.
    if (attempt < tries) await sleep(5000);
  }
}

/**
 * Tries; the caller checks whether the programs exist now. E2E_NO_INSTALL=1 disables it.
 * @param {string[]} packages
 * @param {string} why
 */
export async function installFromDebian(packages, why) {
  if (whyNoInstalling() !== null) return;
  console.log(`Installing ${packages.join(", ")} from Debian ${why} …`);
  await apt(["update"], 12);
  await apt(["install", "-y", "--no-install-recommends", ...packages], 3);
}

/**
 * Ends the process with a sentence when the program is not there and cannot be installed. `sign` is what has it do
 * nothing but show that it is there.
 * @param {string} name
 * @param {string} why
 * @param {string} sign
 */
export async function needProgram(name, why, sign = "--version") {
  // Debian installs servers outside a user's PATH.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin` };
  const isThere = () => spawnSync(name, [sign], { stdio: "ignore", env }).status === 0;
  if (isThere()) return;
  await installFromDebian([name], why);
  if (isThere()) return;
  console.error(`The tests need the program "${name}" ${why}. Install it and run \`npm test\` again.`);
  process.exit(1);
}
