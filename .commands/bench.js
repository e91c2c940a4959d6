/** `npm run bench`, or `npm run bench -- markdown`: measures speed as ratios within one run; never part of the tests. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { needProgram } from "./debian.js";
import { program, root } from "./ensure.js";

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("-"));
if (wanted.length === 0 || wanted.some((word) => "proxy".includes(word))) {
  // Measured is what is shipped, so it is built first, unless told that what lies there will do.
  if (!process.argv.includes("--no-build") || !existsSync(join(root, "dist/proxy/server.js")))
    spawnSync(process.execPath, [join(root, ".commands/build.js"), "--without-types"], { stdio: "inherit" });
  process.env.PATH += ":/usr/sbin";
  await needProgram("nginx", "to measure the proxy beside it", "-v");
}

const [node = "", vitest = ""] = program("vitest/vitest.mjs");
const words = [
  vitest,
  "run",
  "--project",
  "bench",
  "--reporter",
  "default",
  ...process.argv.slice(2).filter((word) => word !== "--no-build"),
];
const result = spawnSync(node, words, { cwd: root, stdio: "inherit" });
process.exit(result.status ?? 1);
