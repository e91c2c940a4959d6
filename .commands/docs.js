/** `npm run docs`: writes the generated parts of README.md and ARCHITECTURE.md; with --check it only compares. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./ensure.js";

const { runnerImport } = await import("vite");

/**
 * @param {string} path
 * @returns {Promise<Record<string, unknown>>}
 */
async function load(path) {
  const { module } = await runnerImport(join(root, path), { configFile: false, logLevel: "error" });
  return /** @type {Record<string, unknown>} */ (module);
}

/** The first sentence of each source file, folder by folder. */
function map() {
  /** @type {string[]} */
  const lines = [];
  for (const room of ["widget", "proxy", "demo"]) {
    const files = readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .map((name) => name.replaceAll("\\", "/"))
      .filter(
        (name) =>
          /\.tsx?$/.test(name) && !/\.(test|e2e|bench)\.tsx?$/.test(name) && !name.includes("testing/"),
      )
      .sort((one, other) =>
        one.includes("/") === other.includes("/") ? (one < other ? -1 : 1) : one.includes("/") ? 1 : -1,
      );
    let folder = "";
    lines.push(`**\`${room}/\`**`, "");
    for (const file of files) {
      const place = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
      if (place !== folder) lines.push("", `**\`${room}/${place}/\`**`, "");
      folder = place;
      const text = readFileSync(join(root, room, file), "utf8");
      const sentence = /^\/\*\*\s*(?:\n \* )?([\s\S]*?)(?:\*\/|\n \*\n)/.exec(text)?.[1] ?? "";
      lines.push(
        `- \`${file.slice(file.lastIndexOf("/") + 1)}\`: ${sentence.replace(/\s*\n \*\s*/g, " ").trim()}`,
      );
    }
    lines.push("");
  }
  return lines.join("\n").trim();
}

/**
 * @param {string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/**
 * The generated parts of the README, from the tables the code itself reads.
 * @returns {Promise<Record<string, string>>}
 */
async function readmeParts() {
  const { optionRows } = await load("widget/options/docs.ts");
  const { settingRows } = await load("proxy/settings/docs.ts");
  const rows = (/** @type {unknown} */ make) => /** @type {() => string[][]} */ (make)();
  return {
    options: table(["Attribute", "Takes", "Default", "What it does"], rows(optionRows)),
    settings: table(["Variable", "Takes", "Default", "What it does"], rows(settingRows)),
  };
}

/** @type {Record<string, Record<string, string>>} */
const parts = { "README.md": await readmeParts(), "ARCHITECTURE.md": { map: map() } };

const check = process.argv.includes("--check");
let stale = false;
for (const [file, made] of Object.entries(parts)) {
  const path = join(root, file);
  const old = readFileSync(path, "utf8");
  let text = old;
  for (const [name, body] of Object.entries(made)) {
    const marks = new RegExp(`(<!-- ${name}: written by npm run docs -->)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!marks.test(text)) throw new Error(`${file} has no place marked for "${name}".`);
    text = text.replace(marks, (_, before, after) => `${before}\n\n${body}\n\n${after}`);
  }
  if (text === old) continue;
  stale = true;
  if (check) console.error(`${file} is out of date: run npm run docs.`);
  else writeFileSync(path, text);
}
if (check && stale) process.exit(1);
console.log("README.md and ARCHITECTURE.md are up to date.");
