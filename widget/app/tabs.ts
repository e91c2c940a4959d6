/** Connection to other tabs: made as soon as there may be any; streams read whether there are. */
import { createLazyTransport } from "../browser/api/lazy-transport.ts";
import { contain, report } from "../conversation/contain.ts";
import type { ConversationCallbacks, RunningConversation } from "../conversation/conversation.ts";
import { createConversation } from "../conversation/create-conversation.ts";
import type { ChatEnvironment } from "../conversation/environment.ts";
import { afterPaint } from "./preload.ts";
import type { ConnectedTabs, TabsOptions } from "./types.ts";

export type Tabs = {
  readonly running: RunningConversation;
  /** Applies changes that another tab may have stored. */
  readonly sync: () => void;
  /** Called when a turn has ended. */
  readonly finished: (isAnswered: boolean) => void;
  dispose(): void;
};

/** `own` is the environment without shared streams. */
export function createTabs(
  options: TabsOptions,
  own: ChatEnvironment,
  callbacks: ConversationCallbacks,
): Tabs {
  const { store } = own;
  let tabs: Promise<ConnectedTabs> | null = null;
  /** Whether a question was sent, or was stored before: other tabs may know of it. */
  let isStarted = store.load() !== null;
  const undo: (() => void)[] = [];
  const running = createConversation(
    {
      ...own,
      ready: () => Promise.all([own.ready(), isStarted && connect().catch(() => {})]),
      transport: createLazyTransport(
        async () => {
          const { createStreams } = await import("./streams.lazy.ts");
          return createStreams(own, options, running, connect, () => !isStarted && (isStarted = true));
        },
        () => own.online(),
      ),
    },
    callbacks,
  );

  function disconnect(): void {
    for (const each of undo.splice(0)) contain(each);
  }

  function connect(): Promise<ConnectedTabs> {
    isStarted = true;
    tabs ??= import("./after-answer.lazy.ts").then(({ connectTabs }) => {
      // An abandoned connection would hold the lock that the next one waits for.
      disconnect();
      const connected = connectTabs(options, own, running, undo);
      // The chat was removed meanwhile: no later call would disconnect.
      if (running.state.closed.aborted) disconnect();
      return connected;
    });
    tabs.catch(() => (tabs = null));
    return tabs;
  }

  return {
    running,
    sync() {
      if (tabs || store.load())
        void connect()
          .then((all) => all.catchUp())
          .catch(report);
    },
    finished(isAnswered) {
      const announce = () =>
        connect()
          .then((all) => isAnswered && all.answered())
          .catch(report);
      if (tabs) void announce();
      else afterPaint(() => [announce()]);
    },
    dispose() {
      tabs?.then(disconnect).catch(report);
    },
  };
}
