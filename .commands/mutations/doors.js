/** Guards around the doors: hosts, preflights, the demo, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [];
