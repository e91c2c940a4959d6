/** Guards around secrets and refunds, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [
  {
    line: 66,
    removes: "the counting of questions in the rates",
    file: "proxy/limits/memory-admission.ts",
    find: "windows.add(rates, now);",
    replace: "",
    test: "proxy/attacks/secrets.test.ts",
    name: "66:",
  },
  {
    line: 66,
    removes: "the places in the rates that stay taken in Redis",
    file: "proxy/limits/redis/admission-lua.ts",
    find: "if ARGV[7] == '1' then spend(",
    replace:
      "if ARGV[7] == '1' then for _, key in ipairs(redis.call('KEYS', '*:60')) do redis.call('DEL', key) end spend(",
    test: "proxy/limits/redis/redis-admission.test.ts",
    name: "of the limit by",
  },
  {
    line: 66,
    removes: "the deletion of what a refused question began",
    file: "proxy/routes/start-conversation.ts",
    find: "if (retryable) await dropUnused(deps, begun, conversation);",
    replace: "",
    test: "proxy/attacks/secrets.test.ts",
    name: "66:",
  },
  {
    line: 66,
    removes: "the price of what the service had accepted",
    file: "proxy/upstream/answer/ask.ts",
    find: "    accepted();",
    replace: "",
    test: "proxy/attacks/secrets.test.ts",
    name: "66: only in",
  },
  {
    line: 66,
    removes: "the memory that an instance may have asked before it died",
    file: "proxy/answering/recover-turn.ts",
    find: "sink.accepted();",
    replace: "",
    test: "proxy/turns/redis/redis-turns.test.ts",
    name: "may have asked before",
  },
  {
    line: 67,
    removes: "the difference between a person and a visitor when tokens are given out",
    file: "proxy/routes/start-conversation.ts",
    find: "person === null ? deps.visitors.issue(",
    replace: "person !== undefined ? deps.visitors.issue(",
    test: "proxy/attacks/person.test.ts",
    name: "67:",
  },
  {
    line: 70,
    removes: "the subject in the id of a person",
    file: "widget/browser/storage/identity-fingerprint.ts",
    find: "return `${iss.length} ${iss} ${sub}`;",
    replace: "return `${iss.length} ${iss}`;",
    test: "widget/browser/storage/identity-fingerprint.test.ts",
  },
];
