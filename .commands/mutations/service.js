/** Guards around what one visitor can do to the service behind, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [];
