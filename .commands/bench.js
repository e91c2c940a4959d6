/** `npm run bench`, or `npm run bench -- markdown`: measures speed as ratios within one run; never part of the tests. */
import { spawnSync } from "node:child_process";
import { root } from "./ensure.js";

const words = ["run", "--project", "bench", "--reporter", "verbose", ...process.argv.slice(2)];
const result = spawnSync("node_modules/.bin/vitest", words, { cwd: root, stdio: "inherit" });
process.exit(result.status ?? 1);
