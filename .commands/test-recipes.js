/** `npm run test:recipes`: builds a real site from each recipe and visits it; `-- hugo astro` tests some of them. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findChromium } from "./chromium.js";
import { installFromDebian } from "./debian.js";
import { program, root } from "./ensure.js";
import { fetchGhostThemes, installPackages } from "./recipes/packages.js";

const { runnerImport } = await import("vite");
const { module } = await runnerImport(join(root, "demo/recipes/versions.ts"), {
  configFile: false,
  logLevel: "error",
});
const { versions, ghostRelease } =
  /** @type {{ versions: Record<string, Record<string, string>>, ghostRelease: string }} */ (module);

const all = [...Object.keys(versions), "hugo"];
const named = process.argv.slice(2);
let chosen = named.length > 0 ? all.filter((name) => named.includes(name)) : all;
if (chosen.length === 0) {
  console.error(`Name one of ${all.join(", ")}.`);
  process.exit(1);
}

const chromium = await findChromium();
const hasHugo = () => spawnSync("hugo", ["version"]).status === 0;
if (chosen.includes("hugo") && !hasHugo())
  await installFromDebian(["hugo"], "to build a site from its recipe");
const isWithoutHugo = chosen.includes("hugo") && !hasHugo();
if (isWithoutHugo) chosen = chosen.filter((name) => name !== "hugo");

for (const name of chosen) if (versions[name]) installPackages(name, versions[name]);
if (chosen.includes("ghost")) fetchGhostThemes(ghostRelease);

const [node = "", ...vitest] = program("vitest/vitest.mjs");
const files = chosen.map((name) => `demo/recipes/built/${name}.e2e.ts`);
const ran = spawnSync(node, [...vitest, "run", "--project", "recipes", ...files], {
  stdio: "inherit",
  env: { ...process.env, E2E_CHROMIUM: chromium },
});
if (isWithoutHugo) console.log("\n── Hugo: skipped. The program is not there and cannot be installed.");
process.exit(ran.status ?? 1);
