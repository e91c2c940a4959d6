/** Plugins of the bundler: file names, lazy files, and the widget inside the worker. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readWidgetFiles } from "../proxy/servers/node/read-widget-files.ts";
import { minifySync } from "vite";
import { root } from "./ensure.js";
import { packWidgetFiles } from "../proxy/servers/worker/files.ts";

/** @typedef {import("vite").Plugin} Plugin */

/**
 * Embeds the widget, which is built before, beside the worker's folder, in the worker.
 *
 * @returns {Plugin}
 */
export function widgetInWorker() {
  return {
    name: "widget-in-worker",
    applyToEnvironment: (environment) => environment.name === "worker",
    transform(code, id) {
      if (!id.endsWith("/proxy/servers/worker/worker.ts")) return null;
      const files = readWidgetFiles(join(this.environment.config.build.outDir, "../widget"));
      return code.replace(/\bWIDGET_FILES\b/g, () => JSON.stringify(packWidgetFiles(files)));
    },
  };
}

/**
 * Writes the chat's hashed file name into the tag, which is built after it.
 *
 * @returns {Plugin}
 */
export function chatFileName() {
  return {
    name: "chat-file-name",
    applyToEnvironment: (environment) => environment.name === "tag",
    transform(code, id) {
      if (!id.endsWith("/widget/tag.ts")) return null;
      const name = readdirSync("dist/widget/assets").find((file) => /^main-.*\.js$/.test(file));
      if (!name) throw new Error("The chat must be built before the tag that loads it.");
      return code.replaceAll("__CHAT_FILE__", JSON.stringify(`assets/${name}`));
    },
  };
}

/** In a lazy file: the entry that it shares code with, at the URL that it was loaded from. */
const entry = (/** @type {string} */ name) =>
  `const $main=await import("./${name}"+new URL(import.meta.url).search.replace(/.again=\\d+$/,"")),$bring=$main.$bring;`;

/**
 * Redirects every access to the page's document, Preact's included, to the one `document` that the build replaces by
 * `widget/builtins/page-document.ts`. Elements and windows also lead to the document, with its shadowed members.
 *
 * @returns {Plugin}
 */
export function cleanDocument() {
  return {
    name: "clean-document",
    applyToEnvironment: (environment) => environment.config.consumer === "client",
    transform(code, id) {
      if (id.endsWith("/widget/builtins/page-document.ts")) return null;
      return code.replace(
        /[\w$]+(?:\.current)?\??\.ownerDocument\b|\b(?:view|window)\.document\b/g,
        "document",
      );
    },
  };
}

/**
 * Inlines constant numbers and texts that are local to a file; the bundler does so only with exported ones.
 *
 * @returns {Plugin}
 */
export function inlinedConstants() {
  return {
    name: "inlined-constants",
    enforce: "pre",
    applyToEnvironment: (environment) => environment.config.consumer === "client",
    transform(code, id) {
      if (!/\/widget\/[\w./-]+\.tsx?$/.test(id)) return null;
      return code.replace(/^const (?=\w+ = (?:[\d_.]+|"[^"\n]*");$)/gm, "export const ");
    },
  };
}

/** Files that re-export lazy files which are always fetched together. */
const joints = ["widget/app/first-question.lazy.ts", "widget/app/after-answer.lazy.ts"];

/**
 * Joins the files that a joint file re-exports: an import of one of them loads the joint file. One file is smaller than
 * four, and needs one request.
 *
 * @returns {Plugin}
 */
export function jointLazyFiles() {
  /** @type {Map<string, string>} each part's joint file */
  const jointOf = new Map();
  for (const joint of joints.map((path) => join(root, path)))
    for (const [, path = ""] of readFileSync(joint, "utf8").matchAll(/^export \* from "(.*)";$/gm))
      jointOf.set(join(dirname(joint), path), joint);
  return {
    name: "joint-lazy-files",
    enforce: "pre",
    applyToEnvironment: (environment) => ["chat", "module"].includes(environment.name),
    transform: (code, id) =>
      code.replace(/\bimport\("(\.[^"]+\.lazy\.tsx?)"\)/g, (all, path) => {
        const joint = jointOf.get(join(dirname(id), path));
        return joint ? `import(${JSON.stringify(joint)})` : all;
      }),
  };
}

/**
 * Moves the bundler's own functions from their separate file into the entry.
 *
 * @param {import("vite").Rolldown.OutputBundle} bundle
 * @returns {{ name: string, code: string }}
 */
function takeRuntime(bundle) {
  for (const file of Object.values(bundle)) {
    if (file.type !== "chunk" || !file.moduleIds.every((id) => id.includes("rolldown/runtime"))) continue;
    delete bundle[file.fileName];
    const code = file.code.replace(
      /export\{(.*)\};?\s*$/,
      (_all, names) => `return{${names.replace(/([\w$]+) as ([\w$]+)/g, "$2:$1")}}`,
    );
    return { name: file.fileName, code: `var $runtime=(()=>{${code}})();export{$runtime};` };
  }
  return { name: "", code: "" };
}

/**
 * A tag that could not fetch the chat fetches it again as `?r=1`, since two engines never fetch a failed URL again. The
 * lazy files import the chat, and each other, by URL: this makes it the URL that the chat was loaded from, and has all
 * of them fetched by lazy-files.js, in parallel with those that they need.
 *
 * @returns {Plugin}
 */
export function sameChatForLazyFiles() {
  const source = readFileSync(new URL("lazy-files.js", import.meta.url), "utf8").replace("export ", "");
  const wrapped = `var $bring=(()=>{${source};return $bring})();export{$bring};`;
  const bring = minifySync("lazy-files.js", wrapped, { mangle: { toplevel: false } }).code;
  return {
    name: "same-chat-for-lazy-files",
    applyToEnvironment: (environment) => environment.name === "chat",
    augmentChunkHash: () => bring,
    generateBundle(_, bundle) {
      const folder = "assets/".length;
      const main = Object.keys(bundle).find((name) => name.startsWith("assets/main-")) ?? "";
      const runtime = takeRuntime(bundle);
      const chunk = (/** @type {string} */ name) => {
        const found = bundle[name];
        if (found?.type !== "chunk") throw new Error(`There is no lazy file ${name}.`);
        return found;
      };
      /** @returns {string[]} all that a file needs beside the entry, and what that needs */
      const needsOf = (/** @type {string} */ name) => [
        ...new Set(
          chunk(name)
            .imports.filter((each) => each !== main && each !== runtime.name)
            .flatMap((each) => [each, ...needsOf(each)]),
        ),
      ];
      const need = (/** @type {string} */ name) => {
        const [longest = ""] = [...chunk(name).exports].sort((one, other) => other.length - one.length);
        return [`./${name.slice(folder)}`, longest];
      };
      /** A call that loads a file, and `withAll` that it needs. */
      const call = (/** @type {string} */ path, withAll = true) => {
        const name = "assets/" + path.slice(2);
        const needs = withAll ? needsOf(name).map(need) : [];
        return `$bring(${JSON.stringify([...need(name), ...(needs.length > 0 ? [needs] : [])]).slice(1, -1)})`;
      };
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const code = file.code
          .replace(/import\(["`](\.\/[\w-]+\.js)["`]\)/g, (_all, path) => call(path))
          .replace(/(?<=^|;)import(?:\{([^}]*)\}from)?"(\.\/[\w-]+\.js)";/g, (_all, names = "", path) => {
            const from =
              path === `./${main.slice(folder)}`
                ? "$main"
                : path === `./${runtime.name.slice(folder)}`
                  ? "$main.$runtime"
                  : `await ${call(path, false)}`;
            return `const{${names.replaceAll(" as ", ":")}}=${from};`;
          });
        if (/\b(import|from) ?["'`]\.\//.test(code)) throw new Error(`${file.fileName} imports by address.`);
        const isLone = code === file.code;
        if (file.fileName === main) file.code = code + bring + runtime.code;
        else file.code = isLone ? code : entry(main.slice(folder)) + code;
      }
    },
  };
}
