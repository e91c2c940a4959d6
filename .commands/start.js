/** `npm start`: builds what is needed and starts stand-in, proxy and demo site at one address. */
import { buildBundles } from "./bundles.js";
import { readStartWords, startHelp } from "./start-words.js";
import { writeTypes } from "./types.js";

// Before the build, which takes its time; the server reads the same words again.
const words = readStartWords(process.argv.slice(2));
if ("error" in words) {
  console.error(words.error);
  process.exit(1);
}
if (words.isHelpWanted) {
  console.log(startHelp);
  process.exit(0);
}
await buildBundles();
// With the types, so that the project can be packed from this build.
writeTypes();
await import(new URL("../dist/demo/serve.js", import.meta.url).href);
