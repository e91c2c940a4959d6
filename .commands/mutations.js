/** Mutations of proxy and widget for `npm run mutants`: each removes one guard, and the named test must fail. */
import { mutations as answers } from "./mutations/answers.js";
import { mutations as contact } from "./mutations/contact.js";
import { mutations as costs } from "./mutations/costs.js";
import { mutations as doors } from "./mutations/forged-requests.js";
import { mutations as entry } from "./mutations/entry.js";
import { mutations as firstTurn } from "./mutations/first-turn.js";
import { mutations as followers } from "./mutations/followers.js";
import { mutations as host } from "./mutations/host.js";
import { mutations as identity } from "./mutations/identity.js";
import { mutations as operations } from "./mutations/operations.js";
import { mutations as secrets } from "./mutations/secrets.js";
import { mutations as service } from "./mutations/service.js";
import { mutations as size } from "./mutations/size.js";
import { mutations as upstream } from "./mutations/upstream.js";
import { mutations as upstreamCalls } from "./mutations/upstream-calls.js";
import { mutations as volume } from "./mutations/volume.js";

/**
 * @typedef {object} Mutation
 * @property {number} line of the attack checklist in SECURITY.md
 * @property {string} removes the guard, in words that follow "without"
 * @property {string} file
 * @property {string} find occurs in the file exactly once
 * @property {string} replace
 * @property {string} test the file whose tests must fail
 * @property {string} [name] pattern of the names of the tests in it that are run; default: all
 */

/** @type {readonly Mutation[]} */
export const mutations = [
  ...entry,
  ...size,
  ...upstream,
  ...answers,
  ...identity,
  ...volume,
  ...operations,
  ...contact,
  ...followers,
  ...service,
  ...upstreamCalls,
  ...secrets,
  ...firstTurn,
  ...doors,
  ...costs,
  ...host,
];
