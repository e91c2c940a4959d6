/** Guards against what is cheap to send and dear to read, to be removed by `npm run mutants`. */

const upstream = (/** @type {string} */ name) => `proxy/upstream/${name}.ts`;

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [
  {
    line: 80,
    removes: "the bound of white space before an answer",
    file: upstream("answer-body"),
    find: "beginning.length > longestBlank",
    replace: "false",
    test: "proxy/upstream/answer-body.test.ts",
    name: "white space before",
  },
  {
    line: 80,
    removes: "the bound of sources named again and again",
    file: upstream("answer-reader"),
    find: "...some])].slice(0, mostCited);",
    replace: "...some])];",
    test: "proxy/upstream/answer-body.test.ts",
    name: "sources that are named",
  },
  {
    line: 80,
    removes: "the single reading of many digits",
    file: upstream("key-guard"),
    find: String.raw`/(?<!\d)\d+`,
    replace: String.raw`/\d+`,
    test: "proxy/upstream/failure-mapping.test.ts",
    name: "words without end",
  },
  {
    line: 80,
    removes: "the bound of the overlap that is looked for",
    file: upstream("continuation"),
    find: ", mostOverlap);",
    replace: ");",
    test: "proxy/upstream/continuation.test.ts",
    name: "white space without end",
  },
];
