/** `npm run docs`: writes the generated parts of README, REFERENCE and ARCHITECTURE; with --check it only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { api } from "./docs/api.js";
import { folderList } from "./docs/folders.js";
import { missingNames } from "./docs/names.js";
import { stages } from "./docs/stages.js";
import { table } from "./docs/table.js";
import { root } from "./ensure.js";

const { runnerImport } = await import("vite");

/** Options for an owner's first embedding; REFERENCE.md has all. */
const firstOptions = [
  "agent",
  "mode",
  "position",
  "color",
  "title",
  "theme",
  "language",
  "starters",
  "contact",
  "memory",
];
const firstSettings = [
  "CUSTOMGPT_API_KEY",
  "CUSTOMGPT_PROJECT_ID",
  "ALLOWED_ORIGINS",
  "PROXY_SECRET",
  "HOST",
  "PORT",
  "TRUST_PROXY",
  "DAY_BUDGET",
  "MONTH_BUDGET",
  "CONTACT_WEBHOOK",
];

/**
 * @param {string} path
 * @returns {Promise<Record<string, unknown>>}
 */
async function load(path) {
  const { module } = await runnerImport(join(root, path), { configFile: false, logLevel: "error" });
  return /** @type {Record<string, unknown>} */ (module);
}

/**
 * @param {string} path
 * @param {string} name of a function that gives rows
 */
async function rowsOf(path, name) {
  return /** @type {() => string[][]} */ ((await load(path))[name])();
}

/**
 * @param {readonly string[][]} rows
 * @param {readonly string[]} names
 */
function chosen(rows, names) {
  return names.map((name) => {
    const row = rows.find(([cell]) => cell === `\`${name}\``);
    if (!row) throw new Error(`.commands/docs.js chooses ${name} for the README, but there is no such row.`);
    return row;
  });
}

const optionHead = ["Attribute", "Takes", "Default", "What it does"];
const settingHead = ["Variable", "Takes", "Default", "What it does"];
const options = await rowsOf("widget/options/docs.ts", "optionRows");
const settings = await rowsOf("proxy/settings/docs.ts", "settingRows");
const { problems } = /** @type {{ problems: Record<string, { status: number, message: string }> }} */ (
  await load("proxy/protocol/problems.ts")
);

/** @returns {Record<string, Record<string, string>>} the generated parts of each file, by name */
const makeParts = () => ({
  "README.md": {
    options: table(
      optionHead,
      chosen(
        options,
        firstOptions.map((name) => `data-${name}`),
      ),
    ),
    settings: table(settingHead, chosen(settings, firstSettings)),
  },
  "REFERENCE.md": {
    options: table(optionHead, options),
    ...api(root),
    problems: table(
      ["Code", "HTTP status", "What happened"],
      Object.entries(problems).map(([code, { status, message }]) => [`\`${code}\``, String(status), message]),
    ),
    settings: table(settingHead, settings),
  },
  "ARCHITECTURE.md": { folders: folderList(root), stages: stages(root) },
});

/** Says what is missing, without a stack. */
function partsOrExit() {
  try {
    return makeParts();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return process.exit(1);
  }
}

const parts = partsOrExit();

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
const missing = ["ARCHITECTURE.md", "CONTRIBUTING.md"].flatMap((file) => missingNames(root, file));
for (const line of missing) console.error(line);
if ((check && stale) || missing.length > 0) process.exit(1);
console.log(`${Object.keys(parts).join(", ")} are up to date.`);
