/** Scripts that change built-in objects, as libraries, hardened pages and old engines do. */

const builtIns =
  "[Object, Array, Function, String, Number, Promise, RegExp, Map, Set, Error, TypeError, Date]";

/** One of each kind, stricter than those in use, by description. */
export const shims: Readonly<Record<string, string>> = {
  "an Array.from that takes no function, and its own members of elements": `
    Array.from = (list) => list == null ? [] : "toArray" in Object(list) ? list.toArray() : [].slice.call(list);
    Array.prototype.entries = Array.prototype.toArray = function () { return [].concat(this); };
    Element.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
    Element.prototype.scrollTo = function () { scrollBy(0, 0); return this; };
    HTMLElement.prototype.select = HTMLElement.prototype.replace = Element.prototype.on = function () { return this; };`,
  "an Array.from that takes no iterator, and its own Document, Element and Event": `
    Array.from = (item) => item == null ? [] : Array.isArray(item) ? item : [item];
    const { prototype } = Element;
    window.Document = window.Window = function () {};
    window.Event = window.Request = function () { throw Error("Not a constructor"); };
    window.Element = function (tag) { return document.createElement(tag); };
    Element.prototype = prototype;
    Function.prototype.bind = function (self) {
      const work = this, given = [].slice.call(arguments, 1);
      return function () { return work.apply(self, given.concat([].slice.call(arguments))); };
    };
    Array.prototype.flatten = Array.prototype.clone = Array.prototype.append = function () { return this; };`,
  "a toJSON on everything": `
    for (const each of ${builtIns}) each.prototype.toJSON = function () { return "[changed]"; };`,
  "functions and words added to all objects and lists": `
    for (const name of ["extend", "each", "keys", "size", "on", "once", "ref", "key", "signal", "body", "style"])
      Object.prototype[name] = Array.prototype[name] = function () { return "added"; };
    for (const name of ["version", "lang2"]) Object.prototype[name] = "added";`,
  "members of all objects that cannot be assigned": `
    for (const name of ["get", "set", "value", "enumerable", "writable", "configurable"])
      Object.defineProperty(Object.prototype, name, { __proto__: null, get() {}, configurable: true });`,
  "all of JavaScript's prototypes frozen": `
    for (const each of ${builtIns}) { Object.freeze(each.prototype); Object.freeze(each); }`,
};

const lately: Readonly<Record<string, string>> = {
  Array: "fromAsync",
  "Array.prototype": "at findLast findLastIndex toReversed toSorted toSpliced with",
  "String.prototype": "at replaceAll isWellFormed toWellFormed",
  Object: "hasOwn groupBy",
  Promise: "any allSettled withResolvers try",
  AbortSignal: "any timeout",
  "AbortSignal.prototype": "throwIfAborted",
  URL: "canParse parse",
  window:
    "structuredClone queueMicrotask scheduler navigation reportError WeakRef FinalizationRegistry " +
    "requestIdleCallback Highlight visualViewport CompressionStream scrollTo",
  "Crypto.prototype": "randomUUID",
  "Navigator.prototype": "locks userActivation clipboard",
  CSS: "highlights",
  Intl: "Segmenter ListFormat",
  "Element.prototype": "scrollTo checkVisibility",
};

/** An engine of some years ago that has everything the chat requires. */
export const oldEngine = Object.entries(lately)
  .flatMap(([holder, names]) => names.split(" ").map((name) => `${holder}.${name}`))
  .map((name) => `try { delete ${name}; if (${name}) ${name} = undefined; } catch {}`)
  .join("\n");
