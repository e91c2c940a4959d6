/** `npm run test:wordpress`: the plugin on real WordPress and PHP, of each supported version; `-- 6.8` tests one of them. */
import { spawnSync } from "node:child_process";
import { findChromium } from "./chromium.js";
import { program } from "./ensure.js";
import { otherPhp, otherPhps } from "./wordpress/other-php.js";
import { prepareWordPress } from "./wordpress/prepare.js";
import { versions } from "./wordpress/trees.js";

const named = process.argv.slice(2);
const chosen = named.length > 0 ? versions.filter((version) => named.includes(version)) : versions;
if (chosen.length === 0) {
  console.error(`Name one of ${versions.join(", ")}.`);
  process.exit(1);
}

const chromium = await findChromium();
const [node = "", ...vitest] = program("vitest/vitest.mjs");

/**
 * @param {readonly string[]} words
 * @param {string} version
 */
const run = (words, version) =>
  spawnSync(node, words, {
    stdio: "inherit",
    env: { ...process.env, E2E_CHROMIUM: chromium, WORDPRESS_VERSION: version },
  }).status === 0;

const why = await prepareWordPress(chosen, true);
if (why !== null) {
  console.error(`WordPress cannot be tried here. ${why}`);
  process.exit(1);
}
otherPhp();
let failed = !run([".commands/build-wordpress.js"], "");
for (const version of failed ? [] : chosen) {
  console.log(`\n── WordPress ${version}`);
  const passed = run([...vitest, "run", "--project", "wordpress"], version);
  // What comes newly out informs; it must not keep anybody from their work.
  if (!passed && version === "newest")
    console.log("── This is for information: the newest WordPress may be ahead of us.");
  failed ||= !passed && version !== "newest";
}
const own = spawnSync("php", ["-r", "echo PHP_VERSION;"], { encoding: "utf8" }).stdout;
for (const version of chosen)
  console.log(`── WordPress ${version} was tried with PHP ${[own, ...otherPhps[version]].join(", ")}`);
process.exit(failed ? 1 : 0);
