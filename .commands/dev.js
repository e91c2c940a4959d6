/** `npm run dev`: like `npm start`, and builds and starts again whenever a source file changes. */
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { root } from "./ensure.js";

/** @type {import("node:child_process").ChildProcess | undefined} */
let server;

function restart() {
  server?.kill("SIGTERM");
  server = spawn(process.execPath, [join(root, ".commands/start.js")], { cwd: root, stdio: "inherit" });
}

/** @type {NodeJS.Timeout | undefined} */
let waiting;
for (const folder of ["widget", "proxy", "demo"]) {
  watch(join(root, folder), { recursive: true }, (_, file) => {
    if (file?.includes(".test.") || file?.includes(".e2e.")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      console.log(`\n${file ?? folder} changed, building again …`);
      restart();
    }, 200);
  });
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => {
    server?.kill("SIGTERM");
    process.exit(0);
  });
}
restart();
