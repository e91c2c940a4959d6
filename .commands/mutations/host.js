/** Guards against hostile pages, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [
  {
    line: 79,
    removes: "the document's own members",
    file: "widget/builtins/page-document.ts",
    find: "Reflect.get(Object.getPrototypeOf(page), name, page);",
    replace: "Reflect.get(page, name);",
    test: "widget/builtins/page-document.test.ts",
  },
  {
    line: 79,
    removes: "the check of what is a function",
    file: "widget/embed/command-queue.ts",
    find: "found instanceof Function ? found : null",
    replace: "found ?? null",
    test: "widget/embed/command-queue.test.ts",
    name: "79:",
  },
  {
    line: 79,
    removes: "the check of who owns the global",
    file: "widget/embed/command-queue.ts",
    find: 'if (before || !Object.keys(window).includes("CustomGPTWidget"))',
    replace: "if (before || !found)",
    test: "widget/embed/command-queue.test.ts",
    name: "79:",
  },
  {
    line: 79,
    removes: "the owner's say in where an element's proxy is",
    file: "widget/embed/element.ts",
    find: 'name === "proxy" && entry.proxy ? null :',
    replace: "",
    test: "widget/embed/element.test.ts",
    name: "79:",
  },
];
