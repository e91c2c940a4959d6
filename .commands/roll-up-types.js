/**
 * Joins declaration files into one: what the first one reaches, and nothing else. The packages that do this need a compiler
 * with an API, which TypeScript 7 does not have yet.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @typedef {{ text: string, name: string | undefined, isGlobal: boolean }} Statement */
/** @typedef {{ statements: Statement[], imports: Map<string, string>, passedOn: string[] }} File */

const named =
  /^(?:export )?(?:declare )?(?:abstract )?(?:const|let|type|function|interface|class|enum) (\w+)/m;
const fromFile = /^(import|export) type \{([^}]*)\} from "([^"]+)";$/;

/**
 * The compiler indents the inside of statements and comments.
 * @param {string} path
 * @returns {File}
 */
function read(path) {
  /** @type {File} */
  const file = { statements: [], imports: new Map(), passedOn: [] };
  const pathOf = (/** @type {string} */ from) => join(dirname(path), from.replace(/\.tsx?$/, ".d.ts"));
  const takeName = (/** @type {string} */ _, /** @type {string} */ from, /** @type {string} */ name) => {
    file.imports.set(name, pathOf(from));
    return name;
  };
  let text = "";
  for (const line of readFileSync(path, "utf8").split("\n")) {
    text += `${line.replace(/import\("([^"]+)"\)\.(\w+)/g, takeName)}\n`;
    if (!/^\S.*[;}]$/.test(line) && line !== "}") continue;
    const [, word, list = "", from = ""] = fromFile.exec(line) ?? [];
    if (word) {
      const names = list.split(",").flatMap((each) => each.trim() || []);
      for (const each of names) file.imports.set(each.replace(/ as .*/, ""), pathOf(from));
      if (word === "export") file.passedOn.push(...names);
      else if (list.includes(" as ")) throw new Error(`${path} imports a type under another name.`);
    } else if (line !== "export {};") {
      const isGlobal = line === "}" && /^declare global/m.test(text);
      file.statements.push({ text, name: named.exec(text)?.[1], isGlobal });
    }
    text = "";
  }
  return file;
}

/**
 * @param {string} entry path of a declaration file
 * @returns {string} one file of the same exports
 */
export function rolledUp(entry) {
  /** @type {Map<string, File>} */
  const files = new Map();
  /** @type {Map<string, string>} */
  const owners = new Map();
  /** @type {Set<Statement>} */
  const reached = new Set();

  /** @param {string} path */
  function open(path) {
    const known = files.get(path);
    if (known) return known;
    const file = read(path);
    files.set(path, file);
    for (const statement of file.statements) if (statement.isGlobal) reach(statement, path);
    return file;
  }

  /**
   * @param {string} name
   * @param {string} path of the file that says it
   */
  function reachName(name, path) {
    const file = open(path);
    const target = file.imports.get(name);
    const own = file.statements.find((statement) => statement.name === name);
    if (own) reach(own, path);
    else if (target) reachName(name, target);
  }

  /**
   * @param {Statement} statement
   * @param {string} path
   */
  function reach(statement, path) {
    if (reached.has(statement)) return;
    const { name = "", text } = statement;
    if (name && (owners.get(name) ?? path) !== path) throw new Error(`Two types are named ${name}.`);
    if (name) owners.set(name, path);
    for (const [word] of text.replace(/\/\*\*[\s\S]*?\*\//g, "").matchAll(/(?<![.\w-])[A-Za-z]\w*/g))
      if (word !== name) reachName(word, path);
    reached.add(statement);
  }

  const { statements, passedOn } = open(entry);
  for (const name of passedOn) reachName(name.replace(/ as .*/, ""), entry);
  for (const statement of statements) reach(statement, entry);
  const texts = [...reached].map((statement) =>
    statements.includes(statement) ? statement.text : statement.text.replace(/^export /m, ""),
  );
  return `${texts.join("")}export type { ${passedOn.join(", ")} };\n`;
}
