/** The keys under which a conversation's turns lie in the store. */
import type { Conversation } from "./conversation.ts";

export function turnKey(conversation: Conversation, turn: string): string {
  return `${turnKeyStart(conversation)}${turn.toLowerCase()}`;
}

/** How the keys of all turns of a conversation begin. */
export function turnKeyStart(conversation: Conversation): string {
  return `in ${conversation.id} `;
}
