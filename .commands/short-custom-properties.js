/** Plugin that shortens the names of the widget's CSS custom properties. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("vite").Plugin} Plugin */

/**
 * Shortens the widget's custom properties, `--cgw-text-quiet` to `--cgw` and a letter or two, which saves visitors a
 * hundred bytes. Every file gets its names from one list of all of them, so that they fit each other.
 *
 * @returns {Plugin}
 */
export function shortCustomProperties() {
  const named = /--cgw-[\w-]+/g;
  const shorten = ["chat", "tag", "module"];
  /** @type {string[]} */
  let names = [];
  return {
    name: "short-custom-properties",
    // The style sheets too are seen as they were written.
    enforce: "pre",
    applyToEnvironment: (environment) => shorten.includes(environment.name),
    buildStart() {
      const files = readdirSync("widget", { recursive: true, encoding: "utf8" });
      const sources = files.filter((file) => /\.(css|tsx?)$/.test(file));
      const namesIn = (/** @type {string[]} */ paths) =>
        paths.flatMap((file) => readFileSync(join("widget", file), "utf8").match(named) ?? []).sort();
      // Those of the tag come first: no new one of the chat's changes them, so a tag in a cache fits a newer chat.
      names = [
        ...new Set([...namesIn(sources.filter((file) => file.startsWith("embed"))), ...namesIn(sources)]),
      ];
    },
    transform: (code) => code.replace(named, (name) => `--cgw${names.indexOf(name).toString(36)}`),
  };
}
