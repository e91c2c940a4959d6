/** Loader of the chat: loads it once, when the visitor reaches for it, and again after a failure. */
import type { ChatModule } from "./types.ts";

/** `attempt` counts from 0: two engines never fetch a failed module's address again, so a later attempt needs another. */
export type LoadChat = (attempt: number) => Promise<ChatModule>;

/** Tries twice before it rejects; the next call begins anew. A file that arrived empty has failed as well. */
export function createChatLoader(load: LoadChat): () => Promise<ChatModule> {
  let attempt = 0;
  let loading: Promise<ChatModule> | null = null;
  const bring = () => load(attempt++).then((half) => half.startChat.bind(half) && half);
  return () =>
    (loading ??= bring()
      .catch(bring)
      .catch((error: unknown) => {
        loading = null;
        throw error;
      }));
}
