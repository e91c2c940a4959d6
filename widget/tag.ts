/** Entry: the classic script that a site loads (`widget.js`). */
import { openCommandQueue } from "./embed/command-queue.ts";
import type { FoundTag } from "./embed/find-script.ts";
import { defineElement, mountNew, written } from "./embed/element.ts";
import type { ChatHandle } from "./embed/handle.ts";
import { sheetOf } from "./builtins/stylesheet.ts";
import { createChatLoader } from "./embed/chat-loader.ts";
import { warn } from "./embed/warn.ts";

import { optionsIn } from "./embed/host-styles.ts";
import { findTags } from "./embed/find-script.ts";
import { whenPageIsReady } from "./embed/attach-to-page.ts";

/** The chat's file, relative to the tag's folder; inserted by the build. */
// oxlint-disable-next-line no-underscore-dangle -- no name of ours can be mistaken for it
declare const __CHAT_FILE__: string;

/** The chats of this page: two tags for the same agent are one chat. */
const chats = new Map<string, ChatHandle>();

// `currentScript` is set only while the script runs.
const current = document.currentScript;
const queue = openCommandQueue(current, addTags);
if (queue) addTags(current);

function addTags(script: HTMLOrSVGScriptElement | null): void {
  whenPageIsReady(() => {
    try {
      // Engines without constructed style sheets are too old for the chat, so nothing is started.
      sheetOf("");
    } catch {
      return warn("this browser is too old.");
    }
    findTags(script).forEach(addChat);
    queue?.serve(() => [...chats.values(), ...written.values()][0]);
  });
}

function addChat(tag: FoundTag): void {
  const { optionSource, home } = tag;
  const option = optionsIn(optionSource);
  const agent = option("agent");
  const proxy = option("proxy")?.replace(/\/*$/, "/") ?? home;
  const key = `${proxy} ${agent} ${option("target")}`;
  if (chats.has(key)) return;
  const entry = {
    proxy,
    load: createChatLoader((attempt) => {
      const again = attempt ? `?r=${attempt}` : "";
      // A copy of the script may have its name, but no chat beside it.
      return import(/* @vite-ignore */ `${attempt ? proxy : (home ?? proxy)}${__CHAT_FILE__}${again}`);
    }),
  };
  defineElement(entry);
  // If the owner wrote the element into the page for this agent, the tag only defines it.
  if (written.has(agent)) return;
  const handle = mountNew(optionSource, entry, (isRewritten) => {
    chats.delete(key);
    if (isRewritten) addChat(tag);
    if (chats.size === 0) queue?.close();
  });
  chats.set(key, handle);
}
