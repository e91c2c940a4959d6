/** Guards of responses, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [
  {
    line: 25,
    removes: "the word to nginx not to buffer",
    file: "proxy/answering/answer-response.ts",
    find: '"x-accel-buffering": "no",',
    replace: "",
    test: "proxy/attacks/answers.test.ts",
    name: "25:",
  },
  {
    line: 25,
    removes: "the word to caches not to transform",
    file: "proxy/answering/answer-response.ts",
    find: '"cache-control": "no-cache, no-transform",',
    replace: "",
    test: "proxy/attacks/answers.test.ts",
    name: "25:",
  },
  {
    line: 27,
    removes: "nosniff on refusals",
    file: "proxy/http/errors.ts",
    find: '"x-content-type-options": "nosniff",',
    replace: "",
    test: "proxy/attacks/answers.test.ts",
    name: "27:",
  },
  {
    line: 54,
    removes: "the word to caches not to store a transcript",
    file: "proxy/routes/transcript.ts",
    find: '"cache-control": "no-store",',
    replace: "",
    test: "proxy/attacks/answers.test.ts",
    name: "54:",
  },
];
