/** Keys of turns in the turn store. */
import type { Conversation } from "./conversation-id.ts";

/** A turn in a conversation. */
export function turnKey(conversation: Conversation, turn: string): string {
  return `in ${conversation.id} ${turn.toLowerCase()}`;
}

/**
 * A turn that begins a conversation: who has no token yet (null) joins it by their browser's secret, everybody else by
 * who they are.
 */
export function firstTurnKey(
  { agent, origin, visitor }: { agent: string; origin: string | null; visitor: string | null },
  turn: string,
): string {
  return JSON.stringify(["new", agent, origin, visitor, turn]);
}
