/** What embedders with TypeScript get: the module's types, checked from outside as an embedder's project would. */
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { array, looseObject, number, object, optional, parse, string, union, unknown } from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contactOptions } from "./widget/options/contact-options.ts";
import { lazyOptions } from "./widget/options/lazy-options.ts";
import { starterOptions } from "./widget/options/starter-options.ts";
import { bootOptions, panelOptions } from "./widget/options/table.ts";

const answer = looseObject({
  id: optional(union([number(), string()])),
  method: optional(string()),
  result: optional(unknown()),
});
const locations = array(object({ range: object({ start: object({ line: number() }) }) }));
const tsc = resolve("node_modules/typescript/bin/tsc");
const folder = mkdtempSync(join(tmpdir(), "embedder-"));
const installed = (name: string) => join(folder, "node_modules", name);

/** As much of React's types as JSX needs; the package itself is none of ours. */
const react = {
  "package.json": '{ "name": "react", "types": "index.d.ts" }',
  "index.d.ts": "export namespace JSX { interface IntrinsicElements { div: { id?: string } } }",
  "jsx-runtime.d.ts":
    'import type { JSX as Base } from "react"; export namespace JSX { interface IntrinsicElements extends Base.IntrinsicElements {} }',
};

const mounting = (options: string) => `
  import { mount, type ChatHandle } from "customgpt-widget";
  const handle: ChatHandle = mount(${options});
  handle.on("answer", (answer) => { const length: number = answer.text.length; return length; })();`;

const command = (text: string) => `import type {} from "customgpt-widget";
  ${text}`;

const listening = (target: string, member: string) => `import type {} from "customgpt-widget";
  const element = document.createElement("customgpt-widget");
  element.handle?.open();
  ${target}.addEventListener("customgpt-answer", ({ detail }) => detail.${member}.length);`;

const jsx = (library: string, element: string) => `/** @jsxImportSource ${library} */
  import type {} from "customgpt-widget/${library}";
  export const chat = ${element};`;

const targets = ["element", "document", "window", "document.body"];
const libraries = ["react", "preact"];

/** Files of embedders that are right. */
const right: Record<string, string> = {
  "mount.ts": mounting('{ proxy: "https://chat.example.com", mode: "inline" }'),
  "former-names.ts": `
    import type { Handle, Happenings, Options } from "customgpt-widget";
    export type All = [Handle["open"], Happenings["answer"]["text"], Options["theme"]];`,
  "command.ts": command(`
    const off: (() => void) | undefined =
      window.CustomGPTWidget?.("on", "answer", ({ text, citations }) => text.length + citations.length);
    off?.();
    window.CustomGPTWidget?.("ask", "What does it cost?");
    window.CustomGPTWidget?.("set", { theme: "dark" });
    window.CustomGPTWidget?.("open");`),
};

/** Files of embedders that are wrong, and what the compiler says. */
const wrong: Record<string, [text: string, complaint: string]> = {
  "unknown-mode.ts": [mounting('{ proxy: "https://chat.example.com", mode: "sideways" }'), "sideways"],
  "unknown-option.ts": [mounting('{ proxy: "https://chat.example.com", colour: "red" }'), "colour"],
  "no-options.ts": [mounting("{}"), "'proxy' is missing"],
  "null-proxy.ts": [mounting("{ proxy: null }"), "'null' is not assignable to type 'string'"],
  "unknown-command.ts": [command('window.CustomGPTWidget?.("fly");'), "fly"],
  "no-question.ts": [command('window.CustomGPTWidget?.("ask");'), "Expected 2 arguments"],
  "set-wrong.ts": [command('window.CustomGPTWidget?.("set", { theme: "pink" });'), "pink"],
  "command-detail.ts": [
    command('window.CustomGPTWidget?.("on", "answer", ({ text }) => text.flight);'),
    "flight",
  ],
};

for (const target of targets) {
  right[`listen-${target}.ts`] = listening(target, "citations");
  wrong[`listen-wrong-${target}.ts`] = [listening(target, "flights"), "flights"];
}
for (const library of libraries) {
  const page = (element: string) => jsx(library, element);
  right[`${library}.tsx`] = page(
    `<customgpt-widget agent="sales" mode="inline" offset={24} open memory="30" class="chat"
      starters="One?|Two?" oncustomgpt-answer={({ detail }) => detail.text.length} />`,
  );
  wrong[`${library}-mode.tsx`] = [page('<customgpt-widget mode="sideways" />'), "sideways"];
  wrong[`${library}-option.tsx`] = [page('<customgpt-widget colour="red" />'), "colour"];
  wrong[`${library}-event.tsx`] = [
    page("<customgpt-widget oncustomgpt-answer={({ detail }) => detail.flight} />"),
    "flight",
  ];
}

const options = Object.keys({
  ...bootOptions,
  ...panelOptions,
  ...starterOptions,
  ...contactOptions,
  ...lazyOptions,
});

/** A call of `mount` with each option on a line of its own. */
const edited = `import { mount } from "customgpt-widget";
mount({
${options.map((name) => `${name}: undefined,\n`).join("")}});
`;

let said = "";

beforeAll(() => {
  mkdirSync(installed("react"), { recursive: true });
  for (const [name, text] of Object.entries(react)) writeFileSync(join(installed("react"), name), text);
  for (const name of ["package.json", "dist/module"])
    cpSync(name, join(installed("customgpt-widget"), name), { recursive: true });
  symlinkSync(resolve("node_modules/preact"), installed("preact"), "dir");
  const pages = Object.entries(wrong).map(([name, [text]]) => [name, text] as const);
  for (const [name, text] of [...Object.entries(right), ...pages]) writeFileSync(join(folder, name), text);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    module: "nodenext",
    lib: ["es2022", "dom"],
    types: [],
    jsx: "react-jsx",
    preserveSymlinks: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  said = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: folder, encoding: "utf8" }).stdout;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler said about a file, with what explains it in the lines below. */
const saidOf = (file: string) =>
  said
    .split(/\n(?! )/)
    .filter((line) => line.startsWith(`${file}(`))
    .join("\n");

describe("the types of the module for bundlers", () => {
  it("stand on their own", () => {
    expect(said.split(/\n(?! )/).filter((line) => /^(?:error|node_modules|editor)/.test(line))).toEqual([]);
  });

  it.each(Object.keys(right))("accept what is right: %s", (file) => {
    expect(saidOf(file)).toBe("");
  });

  it.each(Object.entries(wrong))("refuse what is wrong: %s", (file, [, complaint]) => {
    expect(saidOf(file)).toContain(complaint);
  });

  it("are one file, and one more for each JSX library", () => {
    const names = readdirSync("dist/module", { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => name.endsWith(".d.ts")).sort()).toEqual([
      "module.d.ts",
      "preact.d.ts",
      "react.d.ts",
    ]);
  });
});

/** Where an editor finds what each of some places in the text means: asks the compiler's language server, as editors do. */
async function definitions(file: string, text: string, places: readonly string[]): Promise<number[][]> {
  const server = spawn(process.execPath, [tsc, "--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const { href: uri } = pathToFileURL(join(folder, file));
  const textDocument = { uri, languageId: "typescript", version: 1, text };
  const ask = (place: string, id: number) => {
    const lines = text.slice(0, text.indexOf(place) + 1).split("\n");
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    send({ id, method: "textDocument/definition", params: { textDocument: { uri }, position } });
  };
  const shown: number[][] = [];
  let heard = "";
  send({ id: "start", method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  try {
    for await (const chunk of server.stdout.setEncoding("utf8")) {
      heard += String(chunk);
      for (;;) {
        const head = /^Content-Length: (?<size>\d+)\r\n\r\n/.exec(heard);
        const bytes = Buffer.from(heard.slice(head?.[0].length ?? 0));
        const size = Number(head?.groups?.size);
        if (!head || bytes.length < size) break;
        const message = parse(answer, JSON.parse(bytes.toString("utf8", 0, size)));
        heard = bytes.toString("utf8", size);
        if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null });
        if (message.id === "start") {
          send({ method: "initialized", params: {} });
          send({ method: "textDocument/didOpen", params: { textDocument } });
          places.forEach(ask);
        }
        if (typeof message.id === "number")
          shown[message.id] = parse(locations, message.result).map((each) => each.range.start.line);
        if (Object.keys(shown).length === places.length) return shown;
      }
    }
    throw new Error("The language server ended.");
  } finally {
    server.kill();
  }
}

describe("in an editor", () => {
  it("each option of mount leads to its sentence, which most editors show", async () => {
    const lines = readFileSync("dist/module/module.d.ts", "utf8").split("\n");
    const found = await definitions(
      "editor.ts",
      edited,
      options.map((name) => `\n${name}:`),
    );
    const sentences = found.map((places) =>
      places.map((line) => (/^ +\/\*\* .+ \*\/$/.test(lines[line - 1] ?? "") ? lines[line] : "none")),
    );
    expect(sentences).toEqual(
      options.map((name) => expect.arrayContaining([expect.stringMatching(`^ +${name}:`)])),
    );
  });
});
