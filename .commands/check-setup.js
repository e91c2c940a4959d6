/** `npm run check-setup`: looks at the proxy's settings, or with an address at the proxy there; builds if it has to. */
import { existsSync } from "node:fs";
import { buildBundles } from "./bundles.js";

const program = new URL("../dist/proxy/check-setup.js", import.meta.url);
if (!existsSync(program)) await buildBundles();
await import(program.href);
