/** Changes to the packages that browsers load, so that a page's changes to JavaScript cannot break them. */
import { unusedFeatures } from "./slim-packages.js";

/** @type {readonly import("./slim-packages.js").PackageChange[]} */
const changes = [
  ...unusedFeatures,
  // Nothing of ours makes markup or styles of texts: no mistake can bring these ways back, and nobody pays for them.
  ["/preact/", /if\("style"==(\w)\)if\("string".*?\}else (?=if\("o"==\1\[0\])/, ""],
  ["/preact/", /"dangerouslySetInnerHTML"==\w\?\w=\w:/g, ""],
  ["/preact/", /\b\w\?\(\w\|\|\w&&\([^?]*\.innerHTML=\w\.__html\),\w\.__k=\[\]\):/, ""],
  // What is thrown here, outside any drawing, no boundary would hear of, and the component would never be drawn again.
  ["/preact/", /\b\w\.vnode&&\w\.vnode\(\w\),(?=\w\(\w,\w,\w,\w\.__n,)/, ""],
  // A page's additions to all objects are no properties of ours. Only what is given to `createElement` may be null.
  ["/preact/", /\bfor\((\w+) in (\w+)\)(?="key"==)/g, "for($1 of Object.keys($2||{}))"],
  ["/preact/", /\bfor\((\w+) in ([\w$]+|\w+=\{\},\w+)\)/g, "for($1 of Object.keys(($2)))"],
  // Where such an addition cannot be assigned to, neither can what inherits it.
  ["/preact/", /=\{\}/g, "={__proto__:null}"],
  // A computed signal that has thrown is computed anew when it is read again, not only when what it reads has changed.
  ["/@preact/signals-core/", /this\.f\|=16(?=[;,]this\.i\+\+)/, "this.f|=20,this.g=-1"],
  ["/@preact/signals-core/", /this\.i>0&&!(?=\w\(this\))/, "this.i>0&&!(16&this.f)&&!"],
  // And a descriptor that inherits is another descriptor.
  ["/@preact/signals-core/", /\{(get(?::function)?\(\))/g, "{__proto__:null,$1"],
  // Where `Object.prototype` is frozen, nothing may be assigned under its names; and nothing of ours asks for these.
  [
    "/@preact/signals-core/",
    /\w+\.prototype\.(?:valueOf|toString|toJSON)=function\(\)\{return this\.value(?:\+"")?\};/g,
    "",
  ],
];

/** The bundler's own way to pass on all that a file exports. */
const exported = /** @type {const} */ ([
  [/for\((var [\w$]+) in ([\w$]+)\)(?=[\w$]+\([\w$]+,[\w$]+,\{get:)/g, "for($1 of Object.keys($2))"],
  [/\{(get:[\w$]+\[[\w$]+\],enumerable:!0)\}/g, "{__proto__:null,$1}"],
  [/(Symbol\.toStringTag,)\{/g, "$1{__proto__:null,"],
]);

/**
 * A release of a package that has nothing of what is changed fails the build, so that somebody looks at it.
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
