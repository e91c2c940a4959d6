/** `npm run dev`: like `npm start`, and builds and starts again whenever a source file changes. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./ensure.js";
import { changedSources, lookAtSources } from "./sources.js";

const env = { ...process.env };
// One secret for the whole run, so that conversation ids stay valid after a restart.
if (!env.PROXY_SECRET?.trim() && !env.PROXY_SECRET_FILE?.trim())
  env.PROXY_SECRET = randomBytes(32).toString("base64url");

/** @type {import("node:child_process").ChildProcess | null} */
let server = null;

/** In a separate process, so that no state of an earlier build is left. Returns whether it succeeded; prints errors. */
async function build() {
  const words = [join(root, ".commands/build.js"), "--without-types"];
  return (await ended(spawn(process.execPath, words, { cwd: root, stdio: "inherit" }))) === 0;
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number | null>}
 */
function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", resolve));
}

function startServer() {
  const started = Date.now();
  const words = [join(root, "dist/demo/serve.js"), "--in-the-making"];
  const child = spawn(process.execPath, words, { cwd: root, stdio: "inherit", env });
  server = child;
  child.once("exit", (code) => {
    if (server !== child) return;
    server = null;
    // A wrong setting or a taken port, which no change of a source file would fix.
    if (builds === 1 && Date.now() - started < 5000) process.exit(code ?? 1);
    console.log("\nThe server ended. Waiting for the next change …");
  });
}

/** Gives a running answer a second to end; the second signal ends the server at once. */
async function stopServer() {
  const child = server;
  server = null;
  if (!child) return;
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGTERM"), 1000);
  await ended(child);
  clearTimeout(late);
}

/**
 * Waits for a change, and then until no more come: a checkout changes many files, one after the other.
 * @param {ReadonlyMap<string, string>} known
 */
async function nextChange(known) {
  for (;;) {
    const seen = lookAtSources(root);
    const names = changedSources(known, seen);
    await sleep(names.length > 0 ? 150 : 400);
    if (names.length > 0 && changedSources(seen, lookAtSources(root)).length === 0) return names;
  }
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => void stopServer().then(() => process.exit(0)));
}

let builds = 0;
for (;;) {
  const known = lookAtSources(root);
  const isBuilt = await build();
  if (isBuilt) {
    builds++;
    await stopServer();
    startServer();
  } else {
    console.log(
      server
        ? "\nThe server from before still runs. Waiting for the next change …"
        : "\nWaiting for the next change …",
    );
  }
  console.log(`\n${(await nextChange(known)).join(", ")} changed, building again …`);
}
