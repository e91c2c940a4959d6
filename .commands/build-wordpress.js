/** `npm run build:wordpress`: the WordPress plugin with the built widget in it, as an archive that WordPress installs. */
import { existsSync } from "node:fs";
import { buildBundles } from "./bundles.js";
import { writePlugin } from "./wordpress/plugin.js";

// The widget in the archive is the one in dist/, which a build before this one may have left.
if (!existsSync("dist/widget/widget.js")) await buildBundles();
console.log(`Built: ${await writePlugin()}`);
