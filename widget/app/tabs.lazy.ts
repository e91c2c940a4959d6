/** Connected tabs: synchronizes the conversation, and shows the badge of unread answers. */
import { effect } from "@preact/signals";
import { openTabChannel } from "../browser/platform/tab-channel.ts";
import type { RunningConversation } from "../conversation/conversation.ts";
import { createTabSync } from "../conversation/tabs/sync.ts";
import { shareStreams } from "../conversation/tabs/share-stream.ts";
import type { ChatEnvironment } from "../conversation/environment.ts";
import { sheetOf } from "../builtins/stylesheet.ts";
import { createUnreadBadge, unreadStyles } from "../embed/unread-badge.ts";
import { englishActions } from "../i18n/locales/en.actions.ts";
import type { ConnectedTabs, TabsOptions } from "./types.ts";

/** `own` is the environment without shared streams; `undo` receives a dispose function for each part of the connection. */
export function connectTabs(
  options: TabsOptions,
  own: ChatEnvironment,
  running: RunningConversation,
  undo: (() => void)[],
): ConnectedTabs {
  const { root, frame, texts, open } = options;
  const channelName = options.channelName();
  const unread = createUnreadBadge(frame);
  const sheet = sheetOf(unreadStyles);
  let count = 0;

  const step = createTabSync(running, own);
  undo.push(() => step.dispose());
  const tabs = openTabChannel(window, channelName, () => {
    step.catchUp(true);
    markSeen();
  });
  undo.push(() => tabs.close());
  const streams = shareStreams(own.transport, tabs, own, {
    mayLead: (turn, sends) => step.isNext(turn, sends),
    isRemote: (turn, remote) => running.state.setRemote(turn, remote),
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  undo.push(
    () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet)),
    () => show(0),
  );

  function show(now: number): void {
    if (count === now) return;
    count = now;
    unread.show(count, (texts.peek().unread ?? englishActions.unread)(count));
  }

  /** An answer read in one tab is read in all. */
  function markSeen(): boolean {
    const isSeen = open.value && document.visibilityState === "visible";
    if (isSeen && count > 0) tabs.post({ turn: null });
    if (isSeen) show(0);
    return isSeen;
  }

  undo.push(
    effect(() => void markSeen()),
    tabs.subscribe((message) => message.turn === null && show(0)),
  );

  return {
    streams: channelName === null ? null : streams,
    catchUp: () => step.catchUp(false),
    answered() {
      if (!markSeen()) show(count + 1);
      else tabs.post({ turn: null });
    },
  };
}
