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
  {
    line: 81,
    removes: "the bound of what is read of a header",
    file: "proxy/routes/preference.ts",
    find: "header.slice(0, longestHeader)",
    replace: "header",
    test: "proxy/routes/preference.test.ts",
  },
  {
    line: 81,
    removes: "the count of a body's parts",
    file: "proxy/guards/body.ts",
    find: 'if (hasManyParts(bytes)) throw new Refused("bad-request");',
    replace: "",
    test: "proxy/guards/body.test.ts",
    name: "of a thousand parts",
  },
  {
    line: 81,
    removes: "the bound of a preflight's names",
    file: "proxy/guards/preflight.ts",
    find: '.split(",", mostNames + 1)',
    replace: '.split(",")',
    test: "proxy/guards/origin.test.ts",
    name: "a list without end",
  },
];
