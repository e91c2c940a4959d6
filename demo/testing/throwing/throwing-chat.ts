/** Build of the widget in which any single function can be made to throw, at its start or its end. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build, type Plugin } from "vite";
import { hardenPackages } from "../../../.commands/harden-packages.js";

/** Global hook that every function of the build calls with its own name; an error of the hook is thrown there. */
export const called = "$called";

export type ThrowingChat = {
  /** Names of all functions, as `view/panel/panel.tsx 812 onKeyDown`. */
  readonly functions: readonly string[];
  /** Files of the tag, such as `embed/mount.ts`; the chat contains errors only once it is loaded. */
  readonly inTag: ReadonlySet<string>;
  /** The text of the built file at a path such as `/widget.js`. */
  readonly files: ReadonlyMap<string, string>;
};

type Node = { type: string; start: number; end: number; [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof Reflect.get(value, "type") === "string";

/** All functions in a syntax tree, with the name of each or of its variable. */
function functionsIn(node: Node, name = ""): { node: Node; name: string }[] {
  const isFunction = /^(Arrow)?Function(Expression|Declaration)$|^ArrowFunctionExpression$/.test(node.type);
  const key = [node["id"], node["key"], node["left"]].find(isNode);
  const own = key && typeof key["name"] === "string" ? key["name"] : name;
  const inside = Object.values(node)
    .flat()
    .filter(isNode)
    .flatMap((each) => functionsIn(each, own));
  return [...(isFunction ? [{ node, name: own }] : []), ...inside];
}

type Insert = { readonly at: number; readonly text: string };

/** Inserts calls of the hook with the function's name at its start and, with ` end`, at its end. */
function insertsFor(body: Node, said: string): [before: Insert, after: Insert] {
  const begins = `${called}(${JSON.stringify(said)})`;
  const ends = `${called}(${JSON.stringify(`${said} end`)}`;
  return body.type === "BlockStatement"
    ? [
        { at: body.start + 1, text: `${begins};try{` },
        { at: body.end - 1, text: `}finally{${ends})}` },
      ]
    : [
        { at: body.start, text: `(${begins},${ends},(` },
        { at: body.end, text: ")))" },
      ];
}

const pathOf = (id: string) => relative("widget", id).replace(/\?.*/, "");

function sayNames(functions: string[], inTag: Set<string>): Plugin {
  return {
    name: "say-names",
    enforce: "post",
    generateBundle(_, bundle) {
      const add = (name: string): void => {
        const file = bundle[name];
        if (file?.type !== "chunk") return;
        for (const id of file.moduleIds) inTag.add(pathOf(id));
        file.imports.forEach(add);
      };
      add("widget.js");
    },
    transform(code, id) {
      const path = pathOf(id);
      if (path.startsWith("..") || !/\.tsx?$/.test(path)) return null;
      const tree: unknown = this.parse(code);
      if (!isNode(tree)) return null;
      const inserts = functionsIn(tree).flatMap(({ node, name }) => {
        const { body } = node;
        if (!isNode(body)) return [];
        const said = `${path} ${node.start} ${name}`;
        functions.push(said);
        return insertsFor(body, said);
      });
      // From the end, so that no offset changes. Of two at one offset, the later one is further inside.
      const fromTheEnd = inserts
        .map((each, order) => ({ ...each, order }))
        .sort((one, other) => other.at - one.at || other.order - one.order);
      const named = fromTheEnd.reduce((all, { at, text }) => all.slice(0, at) + text + all.slice(at), code);
      return { code: named, map: null };
    },
  };
}

export async function buildThrowingChat(): Promise<ThrowingChat> {
  const outDir = mkdtempSync(join(tmpdir(), "throwing-"));
  const functions: string[] = [];
  const inTag = new Set<string>();
  await build({
    configFile: false,
    logLevel: "error",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    define: { __CHAT_FILE__: '"chat.js"' },
    plugins: [hardenPackages(), sayNames(functions, inTag)],
    build: {
      outDir,
      minify: false,
      target: "chrome111",
      lib: { entry: { widget: "widget/tag.ts", chat: "widget/app/start-chat.lazy.tsx" }, formats: ["es"] },
      rolldownOptions: { output: { entryFileNames: "[name].js", chunkFileNames: "[hash].js" } },
    },
  });
  const files = new Map(
    readdirSync(outDir).map((name) => [`/${name}`, readFileSync(join(outDir, name), "utf8")]),
  );
  rmSync(outDir, { recursive: true });
  return { functions, inTag, files };
}
