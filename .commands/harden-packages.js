/** Changes to the packages that browsers load, so that a page's changes to JavaScript cannot break them. */
import { unusedFeatures } from "./slim-packages.js";

/** @type {readonly import("./slim-packages.js").PackageChange[]} */
const changes = [
  ...unusedFeatures,
  // The widget never renders markup or styles from texts: without this code no mistake can do so, and it costs no bytes.
  ["/preact/", /if\("style"==(\w)\)if\("string".*?\}else (?=if\("o"==\1\[0\])/, ""],
  ["/preact/", /"dangerouslySetInnerHTML"==\w\?\w=\w:/g, ""],
  ["/preact/", /\b\w\?\(\w\|\|\w&&\([^?]*\.innerHTML=\w\.__html\),\w\.__k=\[\]\):/, ""],
  // No boundary would catch an error that is thrown here, outside rendering, and the component would never render again.
  ["/preact/", /\b\w\.vnode&&\w\.vnode\(\w\),(?=\w\(\w,\w,\w,\w\.__n,)/, ""],
  // A page's additions to all objects are not props. Only the props given to `createElement` may be null.
  ["/preact/", /\bfor\((\w+) in (\w+)\)(?="key"==)/g, "for($1 of Object.keys($2||{}))"],
  ["/preact/", /\bfor\((\w+) in ([\w$]+|\w+=\{\},\w+)\)/g, "for($1 of Object.keys(($2)))"],
  // If such an addition is read-only, an inheriting object cannot be assigned to either.
  ["/preact/", /=\{\}/g, "={__proto__:null}"],
  // A computed signal that has thrown is computed again at the next read, not only after its sources have changed.
  ["/@preact/signals-core/", /this\.f\|=16(?=[;,]this\.i\+\+)/, "this.f|=20,this.g=-1"],
  ["/@preact/signals-core/", /this\.i>0&&!(?=\w\(this\))/, "this.i>0&&!(16&this.f)&&!"],
  // A descriptor with inherited members would be another descriptor.
  ["/@preact/signals-core/", /\{(get(?::function)?\(\))/g, "{__proto__:null,$1"],
  // With a frozen `Object.prototype` its names cannot be assigned; the widget does not use these.
  [
    "/@preact/signals-core/",
    /\w+\.prototype\.(?:valueOf|toString|toJSON)=function\(\)\{return this\.value(?:\+"")?\};/g,
    "",
  ],
];

/** The bundler's own code for re-exporting everything of a file. */
const exported = /** @type {const} */ ([
  [/for\((var [\w$]+) in ([\w$]+)\)(?=[\w$]+\([\w$]+,[\w$]+,\{get:)/g, "for($1 of Object.keys($2))"],
  [/\{(get:[\w$]+\[[\w$]+\],enumerable:!0)\}/g, "{__proto__:null,$1}"],
  [/(Symbol\.toStringTag,)\{/g, "$1{__proto__:null,"],
]);

/**
 * The build fails for a release of a package without the code to be changed, so that the change is reviewed.
 *
 * @returns {import("vite").Plugin}
 */
export function hardenPackages() {
  const made = new Set();
  return {
    name: "harden-packages",
    applyToEnvironment: (environment) => environment.config.consumer === "client",
    transform(code, id) {
      const from = id.replaceAll("\\", "/").split("/node_modules").at(-1) ?? "";
      let text = code;
      for (const change of changes) {
        const [place, find, replacement] = change;
        if (!from.startsWith(place) || text.search(find) < 0) continue;
        text = text.replace(find, replacement);
        made.add(change);
      }
      return text;
    },
    generateBundle(_, bundle) {
      const missed = changes.find((change) => !made.has(change));
      if (missed && this.environment.name === "chat")
        throw new Error(`${missed[0]}: there is no ${String(missed[1])} to be changed any more.`);
      for (const file of Object.values(bundle))
        if (file.type === "chunk")
          for (const [find, replacement] of exported) file.code = file.code.replace(find, replacement);
    },
  };
}
