/** `npm run build`: everything that is shipped, into `dist/`; `--without-types` leaves out the module's types. */
import { buildBundles } from "./bundles.js";
import { writeTypes } from "./types.js";

await buildBundles();
if (!process.argv.includes("--without-types")) {
  writeTypes();
  console.log("Built: dist/widget (what browsers load), dist/module (for bundlers), dist/proxy, dist/demo.");
}
