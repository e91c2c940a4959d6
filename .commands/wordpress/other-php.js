/** PHP of other versions than the machine's: as WebAssembly, fetched by npm, and kept in `node_modules/.cache/wordpress/`. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kept } from "./trees.js";

/** The oldest version that the plugin's header names, and the newest there is, by the version of WordPress tried with it. */
/** @type {Readonly<Record<import("./trees.js").Version, readonly ("7.4" | "8.5")[]>>} */
export const otherPhps = { 6.4: ["7.4"], 6.8: ["7.4", "8.5"], newest: ["8.5"] };

const release = "3.1.56";

/** Those in between would be three hundred megabytes; a small package takes the place of each. */
const unwanted = ["5-2", "8-0", "8-1", "8-2", "8-3", "8-4"];

/** The path of a folder in whose `node_modules` the packages are. */
export function otherPhp() {
  return kept(`php-${release}`, (scratch) => {
    const list = {
      private: true,
      dependencies: { "@php-wasm/node": release, "@php-wasm/universal": release },
      overrides: Object.fromEntries(
        unwanted.map((name) => [`@php-wasm/node-${name}`, "npm:wasm-feature-detect@1.8.0"]),
      ),
    };
    writeFileSync(join(scratch, "package.json"), JSON.stringify(list));
    const words = ["install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"];
    const npm = spawnSync("npm", words, { cwd: scratch, encoding: "utf8" });
    if (npm.status !== 0) throw new Error(`npm ${words.join(" ")} failed: ${npm.stderr}`);
    return scratch;
  });
}
