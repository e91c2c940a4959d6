/** Writes the types that go with the module into `dist/module/`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, root } from "./ensure.js";
import { rolledUp } from "./roll-up-types.js";

/**
 * Types of the element in JSX. They are opt-in, as only a site that has the library can add to its types.
 * @param {string} library
 */
const jsxTypes = (library) => `/** Types of \`<customgpt-widget>\` in JSX, for ${library}. */
import type { ChatElementProps } from "./module.js";

declare module "${library}" {
  namespace JSX {
    interface IntrinsicElements {
      "customgpt-widget": ChatElementProps;
    }
  }
}
`;

/** For embedders who use a bundler. Ends the process with 1 when something is wrong with the types. */
export function writeTypes() {
  const tree = mkdtempSync(join(tmpdir(), "types-"));
  const [node = "", ...words] = program("typescript/bin/tsc");
  const tsc = spawnSync(node, [...words, "-p", ".commands/module-types.json", "--outDir", tree], {
    cwd: root,
    stdio: "inherit",
  });
  if (tsc.status === 0) writeFileSync("dist/module/module.d.ts", rolledUp(join(tree, "widget/module.d.ts")));
  rmSync(tree, { recursive: true, force: true });
  if (tsc.status !== 0) {
    console.error("\nThe build failed: the module's types could not be written, for the reasons above.");
    process.exit(1);
  }
  for (const library of ["react", "preact"]) writeFileSync(`dist/module/${library}.d.ts`, jsxTypes(library));
}
