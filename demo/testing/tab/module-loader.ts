/** Module loader for a window of happy-dom: runs each address once, and a failed one stays failed. */

/** The text of the file at an address; rejects where there is none. */
export type ReadFile = (address: string) => Promise<string>;

type Module = Readonly<Record<string, unknown>>;
type Run = (scope: object) => Promise<Module>;

const compiled = new Map<string, Run>();

const imported = /(?<=^|;|\n)import ?(?:\{([^}]*)\} ?from ?)?["'`]([^"'`]+)["'`];?/g;
const exported = /export ?\{([^}]*)\};?/g;

/** Names with their aliases, as `one as other`. */
const pairs = (names: string) =>
  names
    .split(",")
    .map((each) => each.trim().split(/ as /))
    .filter(([name]) => name)
    .map(([name = "", other = name]) => [name, other] as const);

/** A module's text as the body of a function whose scope is the window. */
function compile(code: string): Run {
  const known = compiled.get(code);
  if (known) return known;
  const names = [...code.matchAll(exported)].flatMap(([, each = ""]) => pairs(each));
  const getters = names.map(([name, other]) => `get ${other}(){return ${name}}`).join();
  const body = code
    .replace(exported, "")
    .replace(imported, (_all, each: string | undefined, from: string) => {
      const taken = pairs(each ?? "").map(([name, other]) => `${name}:${other}`);
      return `const {${taken.join()}}=await $import("${from}");`;
    })
    .replace(/(?<![\w.$])import\(/g, "$import(")
    .replaceAll("import.meta.url", "$url");
  const text = `with($scope){return(async()=>{"use strict";${body}\n;return{${getters}}})()}`;
  // Only `with` makes the window's globals the scope of the module.
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- runs our own build
  const made: unknown = new Function("$scope", text);
  if (!isRun(made)) throw new Error("A function is expected.");
  compiled.set(code, made);
  return made;
}

const isRun = (value: unknown): value is Run => typeof value === "function";

/** `members` replace the window's own in its scripts. */
export function createModuleLoader(window: object, members: object, read: ReadFile, keepsFailed = true) {
  const modules = new Map<string, Promise<Module>>();
  const scopeAt = (address: string): object => {
    const own: Record<string, unknown> = {
      ...members,
      $url: address,
      $import: (path: string) => load(new URL(path, address).href),
    };
    return new Proxy(own, {
      has: (_, name) => typeof name === "string" && (name in own || name in window),
      get: (_, name) => (Reflect.has(own, name) ? Reflect.get(own, name) : Reflect.get(window, name)),
    });
  };

  function load(address: string): Promise<Module> {
    const known = modules.get(address);
    if (known) return known;
    const coming = read(address).then((code) => compile(code)(scopeAt(address)));
    modules.set(address, coming);
    if (!keepsFailed) coming.catch(() => modules.delete(address));
    return coming;
  }

  return load;
}
