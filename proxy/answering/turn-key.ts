/** Keys of turns in the turn store. */
import type { Conversation } from "./conversation-id.ts";

/** A turn in a conversation. */
export function turnKey(conversation: Conversation, turn: string): string {
  return `in ${conversation.id} ${turn.toLowerCase()}`;
}

/**
 * Key of a turn that starts a conversation. A visitor without a token (null) joins it by the browser's secret, any
 * other by the visitor's id.
 */
export function firstTurnKey(
  { agent, origin, visitor }: { agent: string; origin: string | null; visitor: string | null },
  turn: string,
): string {
  return JSON.stringify(["new", agent, origin, visitor, turn]);
}
