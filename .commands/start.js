/** `npm start`: builds what is needed and starts stand-in, proxy and demo site at one address. */
import { build } from "./build.js";

await build();
await import(new URL("../dist/demo/serve.js", import.meta.url).href);
