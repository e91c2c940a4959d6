/** `npm test`: everything that must hold, in one command, each step named and timed. */
import { spawnSync } from "node:child_process";
import { root } from "./ensure.js";
import { findChromium } from "./chromium.js";
import { needProgram } from "./debian.js";

const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`;

/** @type {[string, string[]][]} */
const steps = [
  ["types", [bin("tsc"), "-p", "."]],
  ["lint", [bin("oxlint"), "--type-aware", "--deny-warnings"]],
  ["format", [bin("prettier"), "--check", "--log-level", "warn", "."]],
  ["build", [process.execPath, ".commands/build.js"]],
  [
    "unit, contract, architecture and sizes",
    [bin("vitest"), "run", "--project", "widget", "--project", "proxy"],
  ],
  ["browser", [bin("vitest"), "run", "--project", "browser"]],
];

const chromium = findChromium();
needProgram("curl", "to follow CustomGPT.ai's quickstart as a reader would");
let failed = 0;
for (const [name, command] of steps) {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const [program = "", ...words] = command;
  const result = spawnSync(program, words, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, E2E_CHROMIUM: chromium },
    shell: process.platform === "win32",
  });
  const passed = result.status === 0;
  if (!passed) failed++;
  console.log(`── ${name}: ${passed ? "passed" : "FAILED"} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

console.log(`\nsteps: ${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
