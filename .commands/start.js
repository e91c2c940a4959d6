/** `npm start`: builds what is needed and starts stand-in, proxy and demo site at one address. */
import { buildBundles } from "./bundles.js";
import { writeTypes } from "./types.js";

await buildBundles();
// Whoever packs the project from what was built for this gets the types as well.
writeTypes();
await import(new URL("../dist/demo/serve.js", import.meta.url).href);
