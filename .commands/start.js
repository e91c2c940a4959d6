/** `npm start`: builds what is needed and starts stand-in, proxy and demo site at one address. */
import { buildBundles } from "./bundles.js";

await buildBundles();
await import(new URL("../dist/demo/serve.js", import.meta.url).href);
