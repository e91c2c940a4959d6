/** Guards around secrets and refunds, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [];
