/** The key under which a conversation's turn lies in the store. */
import type { Conversation } from "./conversation.ts";

export function turnKey(conversation: Conversation, turn: string): string {
  return `in ${conversation.id} ${turn.toLowerCase()}`;
}
