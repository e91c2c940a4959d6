/** What the opened chat keeps, for whom and for how long, and what it does with other tabs that keep the same. */
import { effect } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import { keepOpen } from "../browser/storage/panel-state.ts";
import { storageKey } from "../browser/storage/keys.ts";
import { createStore } from "../browser/storage/conversation-store.ts";
import { whoIs } from "../browser/storage/identity-fingerprint.ts";
import { report } from "../conversation/contain.ts";
import type { RunningConversation } from "../conversation/conversation.ts";
import type { ChatEnvironment } from "../conversation/environment.ts";
import type { ChatDeps } from "../embed/types.ts";
import type { PanelOptionName, ChatOptions } from "../options/table.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";
import type { ConnectedTabs } from "./tabs.lazy.ts";

const bringTogether = () => import("./tabs.lazy.ts");

type Remembering = {
  readonly parts: ChatDeps;
  readonly late: <Name extends PanelOptionName>(name: Name) => ChatOptions[Name];
  /** Whether the panel is to be seen. */
  readonly open: ReadonlySignal<boolean>;
  /** What is typed and not sent, which is nobody else's business either. */
  readonly draft: { value: string };
  readonly texts: ReadonlySignal<LoadedMessages>;
};

export function createPersistence({ parts, late, open, draft, texts }: Remembering) {
  const { root, frame, proxy, close } = parts;
  const agent = parts.option("agent");
  const key = storageKey(proxy, agent);
  const identity = () => late("identity") || null;
  let who = whoIs(identity());
  let together: Promise<ConnectedTabs> | null = null;

  const memory = createStore({
    device: () => localStorage,
    tab: () => sessionStorage,
    key,
    lifetime: () => late("memory"),
    who: () => who,
    now: () => Date.now(),
  });

  /** Before the first question nothing is kept. */
  function noteOpen(): void {
    if (close && memory.load()) keepOpen(() => sessionStorage, key, open.peek() && late("memory") !== "page");
  }

  function begin(running: RunningConversation, environment: ChatEnvironment) {
    /** A person's conversation follows them: where nothing is remembered here, their latest one is asked for. */
    async function follow(): Promise<void> {
      const asked = who;
      const jwt = identity();
      if (!jwt || memory.load()) return;
      const { latestPlace } = await import("../browser/api/latest-conversation.lazy.ts");
      const place = await latestPlace(parts.fetch, { proxy, agent, identity: jwt });
      if (!place || who !== asked || memory.load()) return;
      memory.save({ place, pending: null });
      void running.restore();
    }

    /** Takes what is kept to where the owner wants it now. */
    async function tidy(): Promise<void> {
      if (memory.elsewhere().length === 0) return;
      (await import("../browser/storage/migrate.lazy.ts")).moveKept(memory);
      void running.restore();
    }

    /** What there is to do with other tabs, and for a visitor who looks elsewhere: from the first question on. */
    function join(): Promise<ConnectedTabs> {
      const name = typeof late("memory") === "number" ? key : null;
      const isOpen = () => open.value;
      together ??= bringTogether().then(({ connectTabs }) =>
        connectTabs({ root, frame, name, running, environment, isOpen, texts }),
      );
      together.catch(() => (together = null));
      return together;
    }

    /** Takes up what another tab may have done. */
    function lookAround(): void {
      if (together || memory.load())
        void join()
          .then((all) => all.takeUp())
          .catch(report);
    }

    const hearStorage = (event: StorageEvent) => event.key === key && lookAround();
    addEventListener("storage", hearStorage);
    // A page that came while there was none could not bring anything back.
    addEventListener("online", lookAround);

    const undo = [
      effect(() => {
        const now = whoIs(identity());
        if (now === who) return;
        who = now;
        draft.value = "";
        running.reset();
        memory.clear();
        if (open.peek()) follow().catch(() => {});
      }),
      effect(() => void tidy().catch(() => {})),
    ];
    void running.restore();

    return {
      async ready(): Promise<void> {
        await join().catch(() => {});
      },
      /** The panel was shown or put away. */
      shown(): void {
        if (open.peek()) {
          lookAround();
          follow().catch(() => {});
        }
        noteOpen();
      },
      /** Told also where the file could not be had before the answer was. */
      answered: () =>
        void join()
          .then((all) => all.answered())
          .catch(report),
      undo(): void {
        removeEventListener("storage", hearStorage);
        removeEventListener("online", lookAround);
        for (const each of undo) each();
        together?.then((all) => all.undo()).catch(report);
      },
    };
  }

  return { memory, identity, noteOpen, begin };
}
