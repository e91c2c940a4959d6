/** `npm run bench`, or `npm run bench -- markdown`: measures speed as ratios within one run; never part of the tests. */
import { spawnSync } from "node:child_process";
import { program, root } from "./ensure.js";

const [node = "", vitest = ""] = program("vitest/vitest.mjs");
const words = [vitest, "run", "--project", "bench", "--reporter", "default", ...process.argv.slice(2)];
const result = spawnSync(node, words, { cwd: root, stdio: "inherit" });
process.exit(result.status ?? 1);
