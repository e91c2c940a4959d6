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

/** Loads them with the first finished turn, or earlier where a draft has to be kept or is too long to be sent. */
export function useActions() {
  const { conversation, draft, profile } = useChat();
  const turns = conversation.finished.value.length;
  const { length } = draft.value;
  const isDrafting = (conversation.streaming.value && length > 0) || length > profile.value.longestPrompt;
  // Again with each turn: it fetches only if that failed before.
  useEffect(() => {
    if (turns > 0 || isDrafting) void conversationActions.load();
  }, [turns, isDrafting]);
  return actionsNow();
}
