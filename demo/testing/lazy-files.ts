/** Finder of the built chat's lazy files by their exports, since their names are hashes. */
import { readdirSync, readFileSync } from "node:fs";

const folder = "dist/widget/assets";

type LazyFile = { name: string; exports: readonly string[] };

/** Needs the built widget. */
export function lazyFiles(): readonly LazyFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".js") && !name.startsWith("main-"))
    .map((name) => {
      const code = readFileSync(`${folder}/${name}`, "utf8");
      const exported = /export\{([^}]*)\}/.exec(code)?.[1]?.split(",") ?? [];
      // A file that others share code with exports the whole module as one object.
      const members = [...code.matchAll(/\b(\w+):\(\)=>/g)].map(([, each = ""]) => each);
      return { name, exports: [...exported.map((each) => each.split(" as ").at(-1) ?? each), ...members] };
    });
}

/** Matches the addresses of the lazy file that exports this. */
export function lazyFileWith(exported: string): RegExp {
  const found = lazyFiles().find((file) => file.exports.includes(exported));
  if (!found) throw new Error(`No lazy file exports ${exported}.`);
  return new RegExp(`/assets/${found.name.replace(".", "\\.")}(\\?|$)`);
}

/** The file that renders a conversation. */
export const drawingFile = () => lazyFileWith("TurnList");
