/** Loader of a conversation's actions, which are needed once there is an answer. */
import { useEffect } from "preact/hooks";
import { useChat } from "../chat-context.ts";
import { createViewLoader } from "../view-loader.ts";

/** The same for every chat on a page. */
export const conversationActions = createViewLoader(() => import("./conversation-actions.lazy.ts"));

/** Null until they are loaded. */
export function actionsNow() {
  const state = conversationActions.state.value;
  return typeof state === "string" ? null : state;
}

/** Loads them with the first finished turn, or earlier if the visitor already types the next question. */
export function useActions() {
  const { conversation, draft } = useChat();
  const turns = conversation.finished.value.length;
  const isTyping = conversation.streaming.value !== null && draft.value !== "";
  // Again with each turn: it fetches only if that failed before.
  useEffect(() => {
    if (turns > 0 || isTyping) void conversationActions.load();
  }, [turns, isTyping]);
  return actionsNow();
}
