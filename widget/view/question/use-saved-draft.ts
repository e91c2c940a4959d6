/** Draft of the next question, kept over a reload once there is a conversation. */
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { report } from "../../conversation/contain.ts";
import { useChat, type ComposerServices } from "../chat-context.ts";

const noted = "draft";

export function useSavedDraft(services: ComposerServices | null): void {
  const chat = useChat();
  useEffect(() => {
    if (!services) return undefined;
    const { draft, conversation } = chat;
    const before = services.note(noted);
    // Text typed before the services were loaded has priority.
    if (before && !draft.peek()) draft.value = before;
    return effect(() => {
      const text = draft.value;
      void conversation.finished.value;
      void conversation.streaming.value;
      // A microtask later, when an ended conversation is removed, and its draft with it.
      Promise.resolve()
        .then(() => services.note(noted, text))
        .catch(report);
    });
  }, [services]);
}
