/** How everything is built: the widget's bundles, the proxy and the demo. Tests are in `vitest.projects.ts`. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { EnvironmentOptions } from "vite";
import { defineConfig } from "vitest/config";
import {
  chatFileName,
  cleanDocument,
  inlinedConstants,
  jointLazyFiles,
  sameChatForLazyFiles,
  widgetInWorker,
} from "./.commands/bundle-plugins.js";
import { hardenPackages } from "./.commands/harden-packages.js";
import { shortCustomProperties } from "./.commands/short-custom-properties.js";
import { shortProperties } from "./.commands/short-properties.js";
import { projects } from "./vitest.projects.ts";

/** The oldest engines that have constructed style sheets, `inert`, container queries and nesting. */
const engines = ["chrome111", "edge111", "firefox114", "safari16.4"];

const page = (file: string) => fileURLToPath(new URL(`widget/builtins/${file}`, import.meta.url));

/** What stands for these names in all that browsers load, packages included. */
const inject: Readonly<Record<string, [file: string, name: string]>> = {
  h: ["preact", "h"],
  Fragment: ["preact", "Fragment"],
  document: [page("page-document.ts"), "pageDocument"],
  queueMicrotask: [page("microtask.ts"), "soon"],
};

/** What browsers load is one ES entry; lib mode leaves `import()` bare, and then minifying must be asked for. */
function browserBundle(
  entry: string,
  outDir: string,
  entryFileNames: string,
  format: "es" | "iife",
): EnvironmentOptions {
  return {
    consumer: "client",
    build: {
      target: engines,
      outDir,
      emptyOutDir: false,
      cssMinify: "lightningcss",
      copyPublicDir: false,
      lib: { entry, formats: [format], name: "CustomGPTWidgetTag", fileName: () => entryFileNames },
      rolldownOptions: {
        checks: { pluginTimings: false },
        // Lets lazy files take what they share from the entry itself, which saves a file and compresses better.
        preserveEntrySignatures: "allow-extension",
        optimization: { inlineConst: { mode: "all" } },
        transform: { inject },
        output: {
          // The tag reads no property for what its getter does; the chat does, of signals.
          minify: entryFileNames !== "widget.js" || {
            compress: {
              maxIterations: 20,
              treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
            },
            mangle: { toplevel: true },
            codegen: true,
          },
          // With a second lazy file, what it shares with the entry would else become a file of its own.
          ...(entryFileNames.startsWith("assets/") && {
            codeSplitting: {
              groups: [
                { name: "main", tags: ["$initial"], priority: 9 },
                // Each takes along what it shares with files that come after it.
                { name: "first-question", test: /\/app\/first-question\.lazy\.ts$/, priority: 3 },
                { name: "conversation", test: /\/view\/conversation\.lazy\.ts$/, priority: 2 },
              ],
            },
          }),
          entryFileNames,
          // Visitors pay for each name and each hint to bundlers; those who bundle the module need both.
          ...(outDir === "dist/widget" && { comments: false, chunkFileNames: "assets/[hash:6].js" }),
        },
      },
    },
  };
}

/** The proxy and the demo's server, with no package to install. What a server never needs, set-up, is in a file of its own. */
function serverBundle(entry: string, outDir: string, entryFileNames: string): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: { noExternal: true, conditions: ["node"] },
    build: {
      target: "node20",
      outDir,
      emptyOutDir: false,
      lib: false,
      ssr: entry,
      minify: false,
      copyPublicDir: false,
      // Started by `npx` too, so its first line says what runs it.
      rolldownOptions: {
        preserveEntrySignatures: "allow-extension",
        output: {
          entryFileNames,
          chunkFileNames: "[name].js",
          codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] },
          format: "es",
          banner: "#!/usr/bin/env node",
        },
      },
    },
  };
}

/** Workers are one file too, in which nothing of Node's own is bundled: workerd brings `node:` modules of its own. */
function workerBundle(entry: string, outDir: string, entryFileNames: string): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: {
      noExternal: true,
      conditions: ["workerd", "worker", "module", "import"],
      builtins: [/^node:/],
    },
    build: {
      target: "es2023",
      outDir,
      emptyOutDir: false,
      lib: false,
      ssr: entry,
      minify: false,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames, format: "es", codeSplitting: false } },
    },
  };
}

/** A name of its own for `server.js --check`: a package's commands cannot give words to a file. */
const checkSetup = `#!/usr/bin/env node
process.argv.push("--check");
await import("./server.js");
`;

/** Brotli has a mode for texts, which is better for most files and worse for some. */
function smallestBrotli(bytes: Buffer): Buffer {
  const [smallest = bytes] = [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_TEXT]
    .map((mode) => ({ [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: mode }))
    .map((params) => brotliCompressSync(bytes, { params }))
    .sort((one, other) => one.length - other.length);
  return smallest;
}

/** Every file browsers load lies beside its brotli and gzip twin, so the proxy never compresses at run time. */
function compressBeside(folder: string) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".js")) continue;
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), smallestBrotli(bytes));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

export default defineConfig({
  // Visitors' bundles call `h`, which is smaller than the JSX runtime; it is injected with the other names.
  oxc: {
    jsx: process.env["VITEST"]
      ? { runtime: "automatic", importSource: "preact" }
      : { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" },
  },
  plugins: [
    chatFileName(),
    cleanDocument(),
    inlinedConstants(),
    jointLazyFiles(),
    hardenPackages(),
    shortProperties(),
    sameChatForLazyFiles(),
    shortCustomProperties(),
    widgetInWorker(),
  ],
  // Only the config's own `lib`, not an environment's, keeps Vite from wrapping each `import()` into a helper that puts
  // links into the page's head: a kilobyte, and none of our business on somebody else's page.
  build: { lib: { entry: "widget/app/start-chat.lazy.tsx" } },
  environments: {
    chat: browserBundle("widget/app/start-chat.lazy.tsx", "dist/widget", "assets/main-[hash:6].js", "es"),
    tag: browserBundle("widget/tag.ts", "dist/widget", "widget.js", "iife"),
    module: browserBundle("widget/module.ts", "dist/module", "module.js", "es"),
    gallery: browserBundle("demo/gallery/gallery.tsx", "dist/demo", "gallery.js", "es"),
    proxy: serverBundle("proxy/main.ts", "dist/proxy", "server.js"),
    worker: workerBundle("proxy/servers/worker/worker.ts", "dist/proxy", "worker.js"),
    demo: serverBundle("demo/serve.ts", "dist/demo", "serve.js"),
  },
  builder: {
    sharedConfigBuild: true,
    sharedPlugins: true,
    async buildApp(builder) {
      rmSync("dist", { recursive: true, force: true });
      for (const name of ["chat", "tag", "module", "gallery", "proxy", "demo"]) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
      compressBeside("dist/widget");
      writeFileSync("dist/proxy/check-setup.js", checkSetup);
      const { worker } = builder.environments;
      // Last, because it holds the compressed files as well.
      if (worker) await builder.build(worker);
    },
  },
  // What is waited for comes in its own time on a busy machine; one second, the default, is a test of its speed.
  test: { projects, expect: { poll: { timeout: 20_000 } } },
});
