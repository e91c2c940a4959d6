/** `npm start`: builds what is needed and starts stand-in, proxy and demo site at one address. */
import { buildBundles } from "./bundles.js";
import { writeTypes } from "./types.js";

await buildBundles();
// With the types, so that the project can be packed from this build.
writeTypes();
await import(new URL("../dist/demo/serve.js", import.meta.url).href);
