/** `npm run bench`, or `npm run bench -- stream` (or `markdown`, `proxy`): measures within one run; never part of the tests. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "./chromium.js";
import { needProgram } from "./debian.js";
import { program, root } from "./ensure.js";

const words = process.argv.slice(2).filter((word) => word !== "--no-build");
const wanted = words.filter((word) => !word.startsWith("-"));
/** @param {string} name */
const measures = (name) => wanted.length === 0 || wanted.some((word) => name.includes(word));

if (measures("proxy") || measures("stream")) {
  // The shipped files are measured, so they are built first, unless an option says that the existing ones will do.
  if (!process.argv.includes("--no-build") || !existsSync(join(root, "dist/proxy/server.js")))
    spawnSync(process.execPath, [join(root, ".commands/build.js"), "--without-types"], { stdio: "inherit" });
}
if (measures("stream")) process.env.E2E_CHROMIUM = await findChromium();
if (measures("proxy")) {
  process.env.PATH += ":/usr/sbin";
  await needProgram("nginx", "to measure the proxy beside it", "-v");
}

const [node = "", vitest = ""] = program("vitest/vitest.mjs");
const run = [vitest, "run", "--project", "bench", "--reporter", "default", ...words];
const result = spawnSync(node, run, { cwd: root, stdio: "inherit" });
process.exit(result.status ?? 1);
