/** `npm run build`: everything that is shipped, into `dist/`; `--without-types` leaves out the module's types. */
import { spawnSync } from "node:child_process";
import { buildBundles } from "./bundles.js";
import { root } from "./ensure.js";

/** The types that go with the module, for embedders who use a bundler. */
function writeTypes() {
  const words = ["node_modules/typescript/bin/tsc", "-p", ".commands/module-types.json"];
  const tsc = spawnSync(process.execPath, words, { cwd: root, stdio: "inherit" });
  if (tsc.status === 0) return;
  console.error("\nThe build failed: the module's types could not be written, for the reasons above.");
  process.exit(1);
}

await buildBundles();
if (!process.argv.includes("--without-types")) {
  writeTypes();
  console.log("Built: dist/widget (what browsers load), dist/module (for bundlers), dist/proxy, dist/demo.");
}
