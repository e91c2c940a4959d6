/** `npm run build`: everything that is shipped, into `dist/`. */
import { root } from "./ensure.js";

export async function build() {
  const { createBuilder } = await import("vite");
  const builder = await createBuilder({ root, logLevel: "warn" });
  await builder.buildApp();
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await build();
  console.log("Built: dist/widget (what browsers load), dist/module (for bundlers), dist/proxy, dist/demo.");
}
