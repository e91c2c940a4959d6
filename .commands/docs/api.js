/** Commands, events and their types in REFERENCE.md, read from the types that `widget/module.ts` exports. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "./table.js";

/** Types that events carry, and the files they stand in. */
const payloadTypes = {
  Citation: "proxy/protocol/bodies.ts",
  Reaction: "proxy/protocol/bodies.ts",
  BadReason: "proxy/protocol/contact.ts",
};

/**
 * @param {string} root
 * @returns {Record<"commands" | "events" | "types", string>}
 */
export function api(root) {
  const read = (/** @type {string} */ path) => readFileSync(join(root, path), "utf8");
  const exports = read("widget/module.ts");
  const members = (/** @type {string} */ path) => {
    const name = new RegExp(`export type \\{\\s*(\\w+)[^}]*\\} from "\\./${path}"`).exec(exports)?.[1];
    const body = new RegExp(`export type ${name} = \\{\\n([\\s\\S]*?)\\n\\};`).exec(
      read(`widget/${path}`),
    )?.[1];
    if (!name || !body) throw new Error(`widget/module.ts exports no object type of widget/${path}.`);
    return membersOf(body, name);
  };
  /** Types of parameters that depend on another parameter are left out. */
  const signature = (/** @type {string} */ text) =>
    text.includes("<Name")
      ? text
          .replace(/<.*?>(?=\()/, "")
          .replace(/: \w+(?=, )/, "")
          .replace(/: \(.*/, ")")
      : text.replace(/\): void$/, ")");
  return {
    commands: table(
      ["Command", "What it does"],
      members("embed/handle.ts").map(({ text, doc }) => [`\`${signature(text)}\``, doc]),
    ),
    events: table(
      ["Event", "Detail", "When"],
      members("embed/types.ts").map(({ name, text, doc }) => {
        const detail = text.slice(text.indexOf(":") + 1).trim();
        return [`\`${name}\``, detail.startsWith("Record<string, never>") ? "none" : `\`${detail}\``, doc];
      }),
    ),
    types: [
      "```ts",
      ...Object.entries(payloadTypes).map(([name, path]) => typeText(read(path), name)),
      "```",
    ].join("\n"),
  };
}

/**
 * @param {string} body of an object type whose members stand on one line each, below their comments
 * @param {string} type
 */
function membersOf(body, type) {
  const found = body.matchAll(/(?:\/\*\*([^/]*?)\*\/\s*)?^ {2}((\w+)[<(:].*);$/gm);
  return [...found].map(([, comment = "", text = "", name = ""]) => {
    const doc = comment.replace(/\s*\n\s*\* ?/g, " ").trim();
    if (!doc) throw new Error(`${type}.${name} has no comment, which REFERENCE.md takes its sentence from.`);
    return { name, text, doc };
  });
}

/**
 * @param {string} source
 * @param {string} name
 */
function typeText(source, name) {
  const text = new RegExp(`^type ${name} = (?:\\{\\n[\\s\\S]*?\\n\\}|.*?);$`, "m").exec(
    source.replace(/^export type/gm, "type"),
  )?.[0];
  if (!text) throw new Error(`There is no type ${name}.`);
  const list = /\(typeof (\w+)\)\[number\]/.exec(text)?.[1];
  const words = list && new RegExp(`const ${list} = \\[(.*?)\\] as const`).exec(source)?.[1];
  return words ? `type ${name} = ${words.split(", ").join(" | ")};` : text;
}
