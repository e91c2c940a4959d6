/** The files of the WordPress plugin, generated ones included, and the archive they go into. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { root } from "../ensure.js";
import { optionsInPhp } from "./options.js";
import { template } from "./translations.js";

const slug = "chat-widget-for-customgpt";

const source = join(root, "widget/wordpress");

/** What only tests need. */
const isForTests = (/** @type {string} */ name) => /(^|\/)testing\/|\.(test|wp)\.ts$/.test(name);

/** What a browser never loads from a plugin: it is served by the site, which compresses by itself. */
const isForProxies = (/** @type {string} */ name) => /\.(br|gz|map)$/.test(name);

/**
 * @param {string} folder
 * @returns {string[]} names of the files in it, relative to it
 */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/** @returns {Promise<Record<string, string | Uint8Array>>} the content of each file, by its path in the plugin */
async function pluginFiles() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  /** @type {Record<string, string | Uint8Array>} */
  const files = {};
  for (const name of filesIn(source).filter((name) => !isForTests(name))) {
    const bytes = readFileSync(join(source, name));
    // The version is in package.json alone.
    files[name] = /\.(php|txt|json)$/.test(name)
      ? bytes.toString("utf8").replaceAll("{{version}}", version)
      : bytes;
  }
  const built = join(root, "dist/widget");
  for (const name of filesIn(built).filter((name) => !isForProxies(name)))
    files[`widget/${name}`] = readFileSync(join(built, name));
  files["widget/LICENSE.txt"] = readFileSync(join(root, "LICENSE"));
  files["includes/options.php"] = await optionsInPhp(slug);
  files[`languages/${slug}.pot`] = template(files, slug, version);
  return files;
}

/** Writes the archive and returns its path. */
export async function writePlugin() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const files = await pluginFiles();
  /** @type {import("fflate").Zippable} */
  const archive = {};
  const encoder = new TextEncoder();
  for (const [name, content] of Object.entries(files))
    archive[`${slug}/${name}`] = [
      typeof content === "string" ? encoder.encode(content) : new Uint8Array(content),
      // The same files give the same bytes, whenever they are packed.
      { level: 9, mtime: "1980-01-01T12:00:00" },
    ];
  const folder = "dist/wordpress";
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  const path = `${folder}/${slug}-${version}.zip`;
  writeFileSync(join(root, path), zipSync(archive));
  return path;
}
