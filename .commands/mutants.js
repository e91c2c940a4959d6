/** `npm run mutants`, or `npm run mutants -- 28 29`: removes the guards one by one, and checks that a test fails; ten minutes. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, root } from "./ensure.js";
import { mutations } from "./mutations.js";

const folder = mkdtempSync(join(tmpdir(), "mutants-"));
for (const name of [
  "proxy",
  "widget",
  "demo",
  ".commands",
  "vite.config.ts",
  "vitest.projects.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
])
  cpSync(join(root, name), join(folder, name), { recursive: true });
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");

const [node = "", ...vitest] = program("vitest/vitest.mjs");

/**
 * Runs the tests of a mutation in the copy.
 * @param {import("./mutations.js").Mutation} mutation
 * @returns {{ passed: number, failed: number }}
 */
function run({ test, name }) {
  const words = [...vitest, "run", "--reporter", "json", test];
  const result = spawnSync(node, [...words, ...(name === undefined ? [] : ["-t", name])], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const written = result.stdout.slice(result.stdout.indexOf('{"numTotal'));
  try {
    const told = /** @type {{ numPassedTests: number, numFailedTests: number }} */ (JSON.parse(written));
    return { passed: told.numPassedTests, failed: told.numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

const asked = process.argv.slice(2).map(Number);
const chosen = mutations.filter(({ line }) => asked.length === 0 || asked.includes(line));
/** @type {Map<string, { passed: number, failed: number }>} */
const untouched = new Map();
let survivors = 0;

/**
 * @param {import("./mutations.js").Mutation} mutation
 * @returns {string} what became of it
 */
function verdictOn(mutation) {
  const path = join(folder, mutation.file);
  const text = readFileSync(path, "utf8");
  const pieces = text.split(mutation.find);
  if (pieces.length !== 2) return `ERROR: its text stands ${pieces.length - 1} times in ${mutation.file}`;
  const tests = `${mutation.test} ${mutation.name ?? ""}`;
  const before = untouched.get(tests) ?? run(mutation);
  untouched.set(tests, before);
  if (before.failed > 0 || before.passed === 0) return `ERROR: ${mutation.test} does not pass as things are`;
  writeFileSync(path, pieces.join(mutation.replace));
  const after = run(mutation);
  writeFileSync(path, text);
  if (after.failed > 0) return `killed by ${mutation.test}`;
  return after.passed === 0 ? "ERROR: nothing could be run with it" : "SURVIVED";
}

try {
  for (const mutation of chosen) {
    const verdict = verdictOn(mutation);
    if (!verdict.startsWith("killed")) survivors++;
    console.log(`${String(mutation.line).padStart(2)}  without ${mutation.removes}: ${verdict}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(
  `\nguards removed: ${chosen.length}, noticed: ${chosen.length - survivors}, not noticed: ${survivors}`,
);
process.exit(survivors === 0 ? 0 : 1);
