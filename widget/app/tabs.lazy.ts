/** What a begun conversation has to do with the other tabs, and with a visitor who looks elsewhere. Comes with the first question. */
import { effect, type ReadonlySignal } from "@preact/signals";
import { openTabChannel } from "../browser/platform/tab-channel.ts";
import { contain } from "../conversation/contain.ts";
import type { RunningConversation } from "../conversation/conversation.ts";
import { createTabSync } from "../conversation/tabs/sync.ts";
import { shareStreams } from "../conversation/tabs/share-stream.ts";
import type { ChatEnvironment } from "../conversation/environment.ts";
import { sheetOf } from "../embed/stylesheet.ts";
import { createUnreadBadge, unreadStyles } from "../embed/unread-badge.ts";
import { englishConversation } from "../i18n/locales/en.conversation.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";

export type TabsOptions = {
  readonly root: ShadowRoot;
  readonly frame: Element;
  /** The name other tabs know it by; null where it is kept for this tab only. */
  readonly channelName: string | null;
  readonly running: RunningConversation;
  readonly environment: ChatEnvironment;
  readonly texts: ReadonlySignal<LoadedMessages>;
  /** Whether the panel is to be seen. */
  readonly isOpen: () => boolean;
};

export type ConnectedTabs = {
  /** What is remembered may have changed. */
  catchUp(): void;
  /** An answer is complete. */
  answered(): void;
  dispose(): void;
};

/** What ends it where it has begun. One that was given up on its way is ended first, or the next would wait for its turn. */
const connected = new WeakMap<ChatEnvironment, () => void>();

export function connectTabs(parts: TabsOptions): ConnectedTabs {
  const { root, frame, channelName, running, environment, texts, isOpen } = parts;
  const { state } = running;
  connected.get(environment)?.();
  const undo: (() => void)[] = [];
  connected.set(environment, () => {
    for (const each of undo.splice(0)) contain(each);
  });
  const unread = createUnreadBadge(frame);
  const sheet = sheetOf(unreadStyles);
  const own = environment.transport;
  let count = 0;

  const step = createTabSync(running, environment);
  undo.push(() => step.dispose());
  const tabs = openTabChannel(window, channelName, () => {
    step.catchUp(true);
    markSeen();
  });
  undo.push(() => tabs.close());
  const shared = shareStreams(own, tabs, environment, {
    mayLead: (turn, sends) => step.isNext(turn, sends),
    isRemote: (turn, remote) => state.setRemote(turn, remote),
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  undo.push(
    () => shared.leave(),
    () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet)),
    () => show(0),
    () => (environment.transport = own),
  );

  function show(now: number): void {
    if (count === now) return;
    count = now;
    unread.show(count, (texts.peek().unread ?? englishConversation.unread)(count));
  }

  /** Seen in one tab, seen in all. */
  function markSeen(): boolean {
    const isSeen = isOpen() && document.visibilityState === "visible";
    if (isSeen && count > 0) tabs.post({ turn: null });
    if (isSeen) show(0);
    return isSeen;
  }

  undo.push(
    effect(() => void markSeen()),
    tabs.subscribe((note) => note.turn === null && show(0)),
  );
  if (channelName !== null) environment.transport = shared;

  return {
    catchUp: () => step.catchUp(false),
    answered() {
      if (!markSeen()) show(count + 1);
      else tabs.post({ turn: null });
    },
    dispose: () => connected.get(environment)?.(),
  };
}
