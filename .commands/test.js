/** `npm test`: everything that must hold, in one command, each step named and timed. */
import { spawnSync } from "node:child_process";
import { program, root } from "./ensure.js";
import { findChromium } from "./chromium.js";
import { needProgram } from "./debian.js";

const vitest = [...program("vitest/vitest.mjs"), "run"];

/** @type {[string, string[]][]} */
const steps = [
  ["types", [...program("typescript/bin/tsc"), "-p", "."]],
  ["lint", [...program("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings"]],
  ["format", [...program("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."]],
  ["build", [process.execPath, ".commands/build.js"]],
  ["unit, contract, architecture and sizes", [...vitest, "--project", "widget", "--project", "proxy"]],
  ["browser", [...vitest, "--project", "browser"]],
];

const chromium = findChromium();
needProgram("curl", "to follow CustomGPT.ai's quickstart as a reader would");
needProgram("redis-server", "to share limits and answers between proxies as on a server");
needProgram("nginx", "to stream through it as on a server", "-v");
needProgram("openssl", "to make a certificate that browsers refuse", "version");
let failed = 0;
for (const [name, [node = "", ...words]] of steps) {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const result = spawnSync(node, words, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, E2E_CHROMIUM: chromium },
  });
  const passed = result.status === 0;
  if (!passed) failed++;
  console.log(`── ${name}: ${passed ? "passed" : "FAILED"} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

console.log(`\nsteps: ${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
