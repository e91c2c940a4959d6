/** Writes the types that go with the module into `dist/module/`. */
import { spawnSync } from "node:child_process";
import { program, root } from "./ensure.js";

/** For embedders who use a bundler. Ends the process with 1 when something is wrong with the types. */
export function writeTypes() {
  const [node = "", ...words] = program("typescript/bin/tsc");
  const tsc = spawnSync(node, [...words, "-p", ".commands/module-types.json"], {
    cwd: root,
    stdio: "inherit",
  });
  if (tsc.status === 0) return;
  console.error("\nThe build failed: the module's types could not be written, for the reasons above.");
  process.exit(1);
}
