/** `npm run check-setup`: checks the proxy's settings or, with an address, the proxy there; builds if needed. */
import { existsSync } from "node:fs";
import { buildBundles } from "./bundles.js";

const program = new URL("../dist/proxy/check-setup.js", import.meta.url);
if (!existsSync(program)) await buildBundles();
await import(program.href);
