/** `npm run build`: everything that is shipped, into `dist/`. */
import { spawnSync } from "node:child_process";
import { root } from "./ensure.js";

export async function build() {
  const { createBuilder } = await import("vite");
  const builder = await createBuilder({ root, logLevel: "warn" });
  await builder.buildApp();
}

/** The types that go with the module, for embedders who use a bundler. */
function writeTypes() {
  const tsc = spawnSync(
    process.execPath,
    ["node_modules/typescript/bin/tsc", "-p", ".commands/module-types.json"],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await build();
  writeTypes();
  console.log("Built: dist/widget (what browsers load), dist/module (for bundlers), dist/proxy, dist/demo.");
}
