/** Door: the classic script a site loads (`widget.js`). */
import { openCommandQueue } from "./embed/command-queue.ts";
import { defineElement, handleInPage, mountNew, optionsOf } from "./embed/element.ts";
import { findTags } from "./embed/find-tag.ts";
import type { FoundTag } from "./embed/find-tag.ts";
import type { Handle } from "./embed/handle.ts";
import { whenPageIsReady } from "./embed/host.ts";
import { createChatLoader } from "./embed/load-chat.ts";
import { warn } from "./embed/warn.ts";

/** The chat's file, relative to the folder the tag comes from; written in by the build. */
// oxlint-disable-next-line no-underscore-dangle -- no name of ours can be mistaken for it
declare const __CHAT_FILE__: string;

// Only now, while the script runs, does the browser say which tag it is.
const current = document.currentScript;

/** The chats of this page by proxy and agent: two tags for the same agent are one chat. */
const chats = new Map<string, Handle>();

const queue = openCommandQueue(current, addTags);
if (queue) addTags(current);

function addTags(script: Element | null): void {
  whenPageIsReady(() => {
    const tags = findTags(script);
    tags.forEach(addChat);
    if (tags.length === 0) warn("the tag was not found; a JSON block on the page can say what it said.");
    queue?.serve(() => [...chats.values()][0]);
  });
}

function addChat({ said, home }: FoundTag): void {
  const options = optionsOf(said);
  const proxy = options.proxy ?? home;
  const key = `${proxy} ${options.agent} ${options.target}`;
  if (chats.has(key)) return;
  const doors = {
    proxy,
    load: createChatLoader((attempt) => {
      const address = new URL(__CHAT_FILE__, home ?? `${proxy}/`).href;
      return import(/* @vite-ignore */ attempt > 0 ? `${address}?r=${attempt}` : address);
    }),
  };
  defineElement(doors);
  // Where the owner wrote the element into the page for this agent, the tag only brings it to life.
  chats.set(key, handleInPage(options.agent) ?? mountNew(options, doors, () => remove(key)));
}

function remove(key: string): void {
  chats.delete(key);
  if (chats.size === 0) queue?.close();
}
