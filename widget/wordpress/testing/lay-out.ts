/** The files of a site: WordPress, the SQLite drop-in where its data is kept so, and the plugin. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";

export type Version = "6.4" | "6.8" | "newest";

const cache = resolve("node_modules/.cache/wordpress");

/** The archive that `npm run build:wordpress` made. */
export function pluginArchive(): string {
  const folder = "dist/wordpress";
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  if (!name) throw new Error("There is no plugin: run npm run build:wordpress.");
  return resolve(folder, name);
}

/** Puts the archive's files where WordPress looks for plugins, and returns the plugin's name. */
export function unpackPlugin(site: string): string {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(pluginArchive())))) {
    const path = join(site, "wp-content/plugins", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  return "chat-widget-for-customgpt/customgpt-widget.php";
}

/** Lays out WordPress with links to the files of the tree that is kept, so that a site takes little time and room. */
export function layOut(folder: string, version: Version, database: "sqlite" | "mariadb"): string {
  const tree = join(cache, `wordpress-${version}`);
  const site = join(folder, "site");
  if (spawnSync("cp", ["-al", tree, site]).status !== 0) {
    rmSync(site, { recursive: true, force: true });
    cpSync(tree, site, { recursive: true });
  }
  const content = join(site, "wp-content");
  mkdirSync(join(content, "mu-plugins"), { recursive: true });
  mkdirSync(join(folder, "db"));
  rmSync(join(content, "db.php"), { force: true });
  if (database === "sqlite") addDropIn(content);
  cpSync(fileURLToPath(new URL("quiet.php", import.meta.url)), join(content, "mu-plugins/quiet.php"));
  return site;
}

function addDropIn(content: string): void {
  const dropIn = join(cache, "sqlite-database-integration");
  writeFileSync(
    join(content, "db.php"),
    readFileSync(join(dropIn, "db.copy"), "utf8")
      .replaceAll("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", dropIn)
      .replaceAll("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php"),
  );
}
