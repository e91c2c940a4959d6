/** Loader of the chat: loads it once, when the visitor is about to open it, and again after a failure. */
import type { ChatModule } from "./types.ts";

/** `attempt` counts from 0: two engines never fetch the URL of a failed module again, so each attempt needs its own. */
export type LoadChat = (attempt: number) => Promise<ChatModule>;

/** Tries twice before it rejects; the next call tries again. An empty file counts as a failure. */
export function createChatLoader(load: LoadChat): () => Promise<ChatModule> {
  let attempt = 0;
  let loading: Promise<ChatModule> | null = null;
  const loadOnce = () =>
    load(attempt++).then((chatModule) => chatModule.startChat.bind(chatModule) && chatModule);
  return () =>
    (loading ??= loadOnce()
      .catch(loadOnce)
      .catch((error: unknown) => {
        loading = null;
        throw error;
      }));
}
