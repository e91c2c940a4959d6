/** Builds the files for browsers and servers into `dist/`, and reports a failure in a few lines. */
import { describeBuildError } from "./build-error.js";
import { root } from "./ensure.js";

/** Ends the process with 1 when something in the sources cannot be built. */
export async function buildBundles() {
  const { createBuilder } = await import("vite");
  const { NODE_ENV } = process.env;
  try {
    const builder = await createBuilder({ root, logLevel: "warn" });
    await builder.buildApp();
  } catch (error) {
    console.error(`\nThe build failed.\n${describeBuildError(error)}`);
    process.exit(1);
  } finally {
    // Vite sets NODE_ENV to production for a build; programs started afterwards must not inherit it.
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}
