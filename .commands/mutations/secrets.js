/** Guards around secrets and refunds, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [
  {
    line: 66,
    removes: "the counting of questions in the rates",
    file: "proxy/guards/limits/memory-admission.ts",
    find: "windows.add(rates, now);",
    replace: "",
    test: "proxy/attacks/secrets.test.ts",
    name: "66:",
  },
  {
    line: 66,
    removes: "the places in the rates that stay taken in Redis",
    file: "proxy/guards/limits/admission-scripts.ts",
    find: "if ARGV[7] == '1' then spend(",
    replace:
      "if ARGV[7] == '1' then for _, key in ipairs(redis.call('KEYS', '*:60')) do redis.call('DEL', key) end spend(",
    test: "proxy/guards/limits/redis-admission.test.ts",
    name: "of the limit by",
  },
  {
    line: 66,
    removes: "the deletion of what a refused question began",
    file: "proxy/routes/start-conversation.ts",
    find: "if (untouched) await dropUnused(parts, begun, conversation);",
    replace: "",
    test: "proxy/attacks/secrets.test.ts",
    name: "66:",
  },
  {
    line: 67,
    removes: "the difference between a person and a visitor when tokens are given out",
    file: "proxy/routes/start-conversation.ts",
    find: "person === null ? parts.visitors.issue(",
    replace: "person !== undefined ? parts.visitors.issue(",
    test: "proxy/attacks/person.test.ts",
    name: "67:",
  },
  {
    line: 70,
    removes: "the subject in what tells two people apart",
    file: "widget/browser/who.ts",
    find: "return `${iss.length} ${iss} ${sub}`;",
    replace: "return `${iss.length} ${iss}`;",
    test: "widget/browser/who.test.ts",
  },
];
