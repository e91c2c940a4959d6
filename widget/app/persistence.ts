/** What the opened chat keeps, for whom and for how long, and what it does with other tabs that keep the same. */
import { effect } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import { saveOpen } from "../browser/storage/panel-state.ts";
import { storageKey } from "../browser/storage/keys.ts";
import { createStore } from "../browser/storage/conversation-store.ts";
import { fingerprintOf } from "../browser/storage/identity-fingerprint.ts";
import type { ConversationCallbacks } from "../conversation/conversation.ts";
import type { ChatEnvironment } from "../conversation/environment.ts";
import type { ChatDeps } from "../embed/types.ts";
import type { PanelOptions } from "../options/table.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";
import { createTabs } from "./tabs.ts";

type PersistenceOptions = {
  readonly parts: ChatDeps;
  readonly panelOption: <Name extends keyof PanelOptions>(name: Name) => PanelOptions[Name];
  /** Whether the panel is to be seen. */
  readonly open: ReadonlySignal<boolean>;
  /** What is typed and not sent, which is nobody else's business either. */
  readonly draft: { value: string };
  readonly texts: ReadonlySignal<LoadedMessages>;
};

export function createPersistence({ parts, panelOption, open, draft, texts }: PersistenceOptions) {
  const { root, frame, proxy, close } = parts;
  const agent = parts.option("agent");
  const key = storageKey(proxy, agent);
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

  /** Before the first question nothing is kept. */
  function saveOpenState(): void {
    if (close && store.load())
      saveOpen(() => sessionStorage, key, open.peek() && panelOption("memory") !== "page");
  }

  function start(own: ChatEnvironment, callbacks: ConversationCallbacks) {
    const channelName = () => (typeof panelOption("memory") === "number" ? key : null);
    const tabs = createTabs({ root, frame, channelName, texts, open }, own, callbacks);
    const { running } = tabs;

    /** A person's conversation follows them: where nothing is remembered here, their latest one is asked for. */
    async function follow(): Promise<void> {
      const asked = who;
      const jwt = identity();
      if (!jwt || store.load()) return;
      const { fetchLatestConversation } = await import("../browser/api/latest-conversation.lazy.ts");
      const place = await fetchLatestConversation(parts.fetch, { proxy, agent, identity: jwt });
      if (!place || who !== asked || store.load()) return;
      store.save({ place, pending: null });
      void running.restore();
    }

    /** Takes what is kept to where the owner wants it now. */
    async function migrate(): Promise<void> {
      if (store.elsewhere().length === 0) return;
      (await import("../browser/storage/migrate.lazy.ts")).migrateStored(store);
      void running.restore();
    }

    const onStorage = (event: StorageEvent) => event.key === key && tabs.sync();
    addEventListener("storage", onStorage);
    // A page that came while there was none could not bring anything back.
    addEventListener("online", tabs.sync);

    const undo = [
      effect(() => {
        const now = fingerprintOf(identity());
        if (now === who) return;
        who = now;
        draft.value = "";
        running.reset();
        store.clear();
        if (open.peek()) follow().catch(() => {});
      }),
      effect(() => void migrate().catch(() => {})),
    ];
    void running.restore();

    return {
      running,
      finished: tabs.finished,
      /** The panel was shown or put away. */
      shown(): void {
        if (open.peek()) {
          tabs.sync();
          follow().catch(() => {});
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
