/** Guards around joining and resuming turns, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [];
