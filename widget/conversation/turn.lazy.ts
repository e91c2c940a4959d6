/** What a conversation needs only once it has begun, as a file of its own: fetched with the first question. */
export { followTurn, isGone } from "./follow-turn.ts";
export { withRetry } from "./retry.ts";
export { createRatings } from "./ratings.ts";
export { restoreConversation } from "./restore.ts";
export { stopUpstream } from "./stop-turn.ts";
