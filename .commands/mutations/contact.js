/** Guards of messages to the owner, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [
  {
    line: 55,
    removes: "the limit on messages to the owner",
    file: "proxy/limits/visitor-limit.ts",
    find: 'if (wait > 0) throw new Refused("too-many", { retryAfter: wait / 1000 });',
    replace: "",
    test: "proxy/attacks/contact.test.ts",
    name: "55:",
  },
  {
    line: 55,
    removes: "the limit by address on messages to the owner",
    file: "proxy/limits/visitor-limit.ts",
    find: 'const limits: Limit[] = [{ key: `${deed} address ${address ?? "unknown"}`, rates: ofAddress }];',
    replace: "const limits: Limit[] = [];",
    test: "proxy/attacks/contact.test.ts",
    name: "55:",
  },
  {
    line: 55,
    removes: "the refusal to follow the owner's webhook elsewhere",
    file: "proxy/contact/webhook.ts",
    find: 'redirect: "manual",',
    replace: "",
    test: "proxy/attacks/contact.test.ts",
    name: "55:",
  },
  {
    line: 55,
    removes: "the work of newcomers before they write to the owner",
    file: "proxy/routes/contact.ts",
    find: "await deps.proofs.demand(",
    replace: "await Promise.resolve(",
    test: "proxy/attacks/contact.test.ts",
    name: "55:",
  },
];
