/** `npm test`: all checks in one command, each step named and timed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { program, root } from "./ensure.js";
import { findChromium } from "./chromium.js";
import { installFromDebian, needProgram } from "./debian.js";
import { findOtherBrowsers } from "./other-browsers.js";

/**
 * A step: its name and what it runs.
 * @typedef {[name: string, command: string[]]} Step
 */

/**
 * Steps besides the tests: two lists that take about the same time, run in parallel, each in order.
 * @type {readonly Step[][]}
 */
const checks = [
  [
    ["build", [process.execPath, ".commands/build.js"]],
    ["lint", [...program("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings"]],
    ["unused exports", [...program("knip/bin/knip.js")]],
  ],
  [
    ["format", [...program("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."]],
    ["types", [...program("typescript/bin/tsc"), "-p", "."]],
  ],
];

/**
 * All tests in one run, so that no core is idle: many of them wait, for a browser, for Redis or for a slow peer.
 * @param {string[]} absent files that drive a browser which is not there
 */
const tests = (absent) => [
  ...program("vitest/vitest.mjs"),
  "run",
  ...["widget*", "proxy", "repository", "browser", "other-browsers"].flatMap((name) => ["--project", name]),
  "--maxWorkers",
  "4",
  ...absent.flatMap((file) => ["--exclude", file]),
];

const chromium = await findChromium();
// Where it cannot be installed, a script with the same effect replaces it.
if (!existsSync("/usr/share/javascript/prototype/prototype.js"))
  await installFromDebian(["libjs-prototype"], "to see the chat on a page that has it");
await needProgram("curl", "to follow CustomGPT.ai's quickstart as a reader would");
await needProgram("redis-server", "to share limits and answers between proxies as on a server");
await needProgram("nginx", "to stream through it as on a server", "-v");
await needProgram("openssl", "to make a certificate that browsers refuse", "version");

let passed = 0;
let failed = 0;
let skipped = 0;

/**
 * Runs a step. Its output is shown at once or, with `isQuiet`, when it has ended, so that steps can run side by side.
 * @param {Step} step
 */
async function run([name, [node = "", ...words]], isQuiet = false) {
  if (!isQuiet) console.log(`\n── ${name}`);
  const began = Date.now();
  const output = isQuiet ? "pipe" : "inherit";
  const child = spawn(node, words, {
    cwd: root,
    stdio: ["ignore", output, output],
    env: { ...process.env, E2E_CHROMIUM: chromium },
  });
  /** @type {Buffer[]} */
  const written = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => written.push(bytes));
  const [status] = await once(child, "close");
  if (status === 0) passed++;
  else failed++;
  if (isQuiet) process.stdout.write(`\n── ${name}\n${Buffer.concat(written).toString()}`);
  const how = status === 0 ? "passed" : "FAILED";
  console.log(`── ${name}: ${how} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** @param {Step[]} steps */
async function runInOrder(steps) {
  for (const step of steps) await run(step, true);
}

// Browsers are downloaded during the first steps, which need none.
const otherBrowsers = findOtherBrowsers();
await Promise.all(checks.map(runInOrder));
const { absent, missed, failed: isMissed } = await otherBrowsers;
await run(["tests", tests(absent)]);
for (const sentence of missed)
  console.log(`\n── other browsers: ${isMissed ? "FAILED" : "skipped"}. ${sentence}`);
if (isMissed) failed++;
else if (missed.length > 0) skipped++;

console.log(`\nsteps: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed === 0 ? 0 : 1);
