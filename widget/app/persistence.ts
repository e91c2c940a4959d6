/** Persistence of the opened chat: what it stores, for whom and for how long, and the conversation that is stored. */
import { effect } from "@preact/signals";
import { saveOpen } from "../browser/storage/panel-state.ts";
import { storageKey } from "../browser/storage/keys.ts";
import { createStore } from "../browser/storage/conversation-store.ts";
import type { HistoryStore } from "../browser/storage/types.ts";
import { fingerprintOf } from "../browser/storage/identity-fingerprint.ts";
import type { ConversationCallbacks, RunningConversation } from "../conversation/conversation.ts";
import type { ChatEnvironment } from "../conversation/environment.ts";
import type { ChatDeps } from "../embed/types.ts";
import type { ChatModel } from "./chat-model.ts";
import { createTabs } from "./tabs.ts";

/** Fetches the latest conversation of a visitor with an identity, where this browser stores none. */
async function followPerson(
  { fetch, proxy, option }: ChatDeps,
  store: HistoryStore,
  identityNow: () => string | null,
  who: () => string,
  running: RunningConversation,
): Promise<void> {
  const asked = who();
  const identity = identityNow();
  if (!identity || store.load()) return;
  const { fetchLatestConversation } = await import("../browser/api/latest-conversation.lazy.ts");
  const ref = await fetchLatestConversation(fetch, { proxy, agent: option("agent"), identity });
  if (!ref || who() !== asked || store.load()) return;
  store.save({ ref, pending: null });
  void running.restore();
}

/** Moves what is stored to where the owner wants it now. */
async function migrate(store: HistoryStore, running: RunningConversation): Promise<void> {
  if (store.elsewhere().length === 0) return;
  (await import("../browser/storage/migrate.lazy.ts")).migrateStored(store);
  void running.restore();
}

export function createPersistence(parts: ChatDeps, { panelOption, open, draft, loadedMessages }: ChatModel) {
  const { root, frame, proxy, close } = parts;
  const key = storageKey(proxy, parts.option("agent"));
  const identity = () => panelOption("identity") || null;
  let who = fingerprintOf(identity());

  const store = createStore({
    device: () => localStorage,
    tab: () => sessionStorage,
    key,
    lifetime: () => panelOption("memory"),
    who: () => who,
    now: () => Date.now(),
  });

  /** Stores nothing before the first question. */
  function saveOpenState(): void {
    if (close && store.load())
      saveOpen(() => sessionStorage, key, open.peek() && panelOption("memory") !== "page");
  }

  function start(own: ChatEnvironment, callbacks: ConversationCallbacks) {
    const channelName = () => (typeof panelOption("memory") === "number" ? key : null);
    const tabs = createTabs({ root, frame, channelName, texts: loadedMessages, open }, own, callbacks);
    const { running } = tabs;

    const follow = () => void followPerson(parts, store, identity, () => who, running).catch(() => {});

    const onStorage = (event: StorageEvent) => event.key === key && tabs.sync();
    addEventListener("storage", onStorage);
    // A page that was loaded without a network could not restore anything.
    addEventListener("online", tabs.sync);

    const undo = [
      effect(() => {
        const now = fingerprintOf(identity());
        if (now === who) return;
        who = now;
        draft.value = "";
        running.reset();
        store.clear();
        if (open.peek()) follow();
      }),
      effect(() => void migrate(store, running).catch(() => {})),
    ];
    void running.restore();

    return {
      running,
      finished: tabs.finished,
      /** The panel was opened or closed. */
      shown(): void {
        if (open.peek()) {
          tabs.sync();
          follow();
        }
        saveOpenState();
      },
      undo(): void {
        removeEventListener("storage", onStorage);
        removeEventListener("online", tabs.sync);
        for (const each of undo) each();
        tabs.dispose();
      },
    };
  }

  return { store, identity, saveOpenState, start };
}
