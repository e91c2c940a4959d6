/** Guards around pages that turn on the widget, to be removed by `npm run mutants`. */

/** @type {readonly import("../mutations.js").Mutation[]} */
export const mutations = [];
