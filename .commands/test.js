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
    ["WordPress plugin", [process.execPath, ".commands/build-wordpress.js"]],
    ["lint", [...program("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings"]],
    ["unused exports", [...program("knip/bin/knip.js")]],
  ],
  [
    ["format", [...program("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."]],
    ["types", [...program("typescript/bin/tsc"), "-p", "."]],
  ],
];

const projects = ["widget*", "proxy", "repository", "browser", "other-browsers"];

/**
 * All tests in one run, so that no core is idle: many of them wait, for a browser, for Redis or for a slow peer.
 * @param {string[]} absent files that drive a browser which is not there
 * @param {boolean} hasWordPress
 */
const tests = (absent, hasWordPress) => [
  ...program("vitest/vitest.mjs"),
  "run",
  ...[...projects, ...(hasWordPress ? ["wordpress-first"] : [])].flatMap((name) => ["--project", name]),
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

/** Resolves with null when WordPress can be tried, or with a sentence that says why not. */
async function prepareWordPress() {
  const child = spawn(process.execPath, [".commands/wordpress/prepare.js", "6.8"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (bytes) => (said += String(bytes)));
  const [status] = await once(child, "close");
  return status === 0 ? null : said.trim().replace(/^[^]*\n/, "");
}

// Browsers and WordPress are downloaded during the first steps, which need none of them.
const fetched = findOtherBrowsers().then(async (browsers) => ({ browsers, why: await prepareWordPress() }));
await Promise.all(checks.map(runInOrder));
const { browsers, why } = await fetched;
await run(["tests", tests(browsers.absent, why === null)]);
for (const sentence of browsers.missed)
  console.log(`\n── other browsers: ${browsers.failed ? "FAILED" : "skipped"}. ${sentence}`);
if (why !== null) console.log(`\n── WordPress: skipped. ${why}`);
if (browsers.failed) failed++;
else if (browsers.missed.length > 0) skipped++;
if (why !== null) skipped++;

console.log(`\nsteps: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed === 0 ? 0 : 1);
