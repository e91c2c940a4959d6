/** Finds the files and the names in code that a document mentions and that are not there, as after a renaming. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const tops = ["widget", "proxy", "demo", ".commands"];
/** Documents leave these out where it is plain which one is meant. */
const before = ["", "widget/", "proxy/"];
const after = ["", ".ts", ".tsx"];

/**
 * @param {string} root
 * @param {string} file a document, whose names are those in backticks
 * @returns {string[]} a line for each that is not there
 */
export function missingNames(root, file) {
  const paths = tops.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((name) =>
      join(top, name).replaceAll("\\", "/"),
    ),
  );
  const files = new Set([...paths, ...readdirSync(root)].map((path) => basename(path)));
  const sources = [...paths.filter((path) => /\.(tsx?|js)$/.test(path)), "architecture.test.ts"];
  const code = sources.map((path) => readFileSync(join(root, path), "utf8")).join("\n");

  /** @param {string} name */
  function isThere(name) {
    if (/^[\w.-]+\/[\w.*/-]*$/.test(name)) {
      const path = name.replace(/[^/]*\*.*/, "").replace(/\/$/, "");
      return before.some((top) => after.some((end) => existsSync(join(root, top + path + end))));
    }
    if (/^[\w-]+(\.[\w-]+)*\.(tsx?|js)$/.test(name)) return files.has(name);
    const word = /^(?:new )?([a-z]+[A-Z]\w*|[A-Z][a-z]\w*)(?:\(.*\))?$/.exec(name)?.[1];
    return word === undefined || new RegExp(`\\b${word}\\b`).test(code);
  }

  const text = readFileSync(join(root, file), "utf8").replace(/^ *```[\s\S]*?^ *```/gm, "");
  const names = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
  return [...new Set(names)]
    .filter((name) => !isThere(name))
    .map((name) => `${file} names ${name}, which is not there.`);
}
