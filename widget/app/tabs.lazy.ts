/** What a begun conversation has to do with the other tabs, and with a visitor who looks elsewhere. Comes with the first question. */
import { effect, type ReadonlySignal } from "@preact/signals";
import { meetOtherTabs } from "../browser/platform/tab-channel.ts";
import { contain } from "../conversation/contain.ts";
import type { RunningConversation } from "../conversation/conversation.ts";
import { keepInStep } from "../conversation/tabs/sync.ts";
import { shareStreams } from "../conversation/tabs/share-stream.ts";
import type { World } from "../conversation/environment.ts";
import { sheetOf } from "../embed/stylesheet.ts";
import { createUnread, unreadStyles } from "../embed/unread-badge.ts";
import { englishLater } from "../i18n/locales/en.conversation.ts";
import type { KnownTexts } from "../i18n/load-messages.ts";

export type TogetherParts = {
  readonly root: ShadowRoot;
  readonly frame: Element;
  /** The name other tabs know it by; null where it is kept for this tab only. */
  readonly name: string | null;
  readonly running: RunningConversation;
  readonly world: World;
  readonly texts: ReadonlySignal<KnownTexts>;
  /** Whether the panel is to be seen. */
  readonly isOpen: () => boolean;
};

export type Together = {
  /** What is remembered may have changed. */
  takeUp(): void;
  /** An answer is complete. */
  answered(): void;
  undo(): void;
};

/** What ends it where it has begun. One that was given up on its way is ended first, or the next would wait for its turn. */
const begun = new WeakMap<World, () => void>();

export function startTogether(parts: TogetherParts): Together {
  const { root, frame, name, running, world, texts, isOpen } = parts;
  const { inside } = running;
  begun.get(world)?.();
  const undo: (() => void)[] = [];
  begun.set(world, () => {
    for (const each of undo.splice(0)) contain(each);
  });
  const unread = createUnread(frame);
  const sheet = sheetOf(unreadStyles);
  const own = world.transport;
  let count = 0;

  const step = keepInStep(running, world);
  undo.push(() => step.undo());
  const tabs = meetOtherTabs(window, name, () => {
    step.takeUp(true);
    look();
  });
  undo.push(() => tabs.close());
  const shared = shareStreams(own, tabs, world, {
    mayLead: (turn, sends) => step.isNext(turn, sends),
    isElsewhere(turn, elsewhere) {
      if (inside.live?.pending.id === turn) Object.assign(inside.live, { elsewhere, sent: !elsewhere });
    },
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  undo.push(
    () => shared.leave(),
    () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet)),
    () => show(0),
    () => (world.transport = own),
  );

  function show(now: number): void {
    if (count === now) return;
    count = now;
    unread.show(count, (texts.peek().unread ?? englishLater.unread)(count));
  }

  /** Seen in one tab, seen in all. */
  function look(): boolean {
    const isSeen = isOpen() && document.visibilityState === "visible";
    if (isSeen && count > 0) tabs.tell({ turn: null });
    if (isSeen) show(0);
    return isSeen;
  }

  undo.push(
    effect(() => void look()),
    tabs.hear((note) => note.turn === null && show(0)),
  );
  if (name !== null) world.transport = shared;

  return {
    takeUp: () => step.takeUp(false),
    answered() {
      if (!look()) show(count + 1);
      else tabs.tell({ turn: null });
    },
    undo: () => begun.get(world)?.(),
  };
}
