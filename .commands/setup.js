/** `npm run setup`: from a key to a `.env` for the proxy; builds if needed. */
import { existsSync } from "node:fs";
import { buildBundles } from "./bundles.js";

const program = new URL("../dist/proxy/server.js", import.meta.url);
if (!existsSync(program)) await buildBundles();
process.argv.splice(2, 0, "setup");
await import(program.href);
