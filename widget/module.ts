/** Entry: the ES module for sites with a bundler. Importing it does not change the page. */
import { defineElement as define, mountNew } from "./embed/element.ts";
import type { ChatHandle } from "./embed/handle.ts";
import { createChatLoader } from "./embed/chat-loader.ts";
import type { ChatOptions } from "./options/table.ts";

// Under their former names as well until the next version.
export type { ChatEvents, ChatEvents as Happenings } from "./embed/types.ts";
export type {
  ChatDomEvents,
  ChatElementProps,
  CustomGPTWidgetElement,
  RunCommand,
} from "./embed/typings/page.ts";
export type { ChatHandle, ChatHandle as Handle } from "./embed/handle.ts";
export type { ChatOptions, ChatOptions as Options } from "./options/table.ts";

const entry = { proxy: null, load: createChatLoader(() => import("./app/start-chat.lazy.tsx")) };

/** A module, unlike a tag, does not know its proxy. */
type ProxyAddress = {
  /** Address of the proxy, such as `https://chat.example.com`. */
  proxy: string;
};

/** Adds a chat to the page. The option `proxy`, the proxy's URL, is required. */
export function mount(options: Partial<ChatOptions> & ProxyAddress): ChatHandle {
  const given: Readonly<Record<string, unknown>> = { ...options };
  define(entry);
  return mountNew(
    (name) => given[name],
    entry,
    () => {},
  );
}

/** Defines `<customgpt-widget>`, which takes the options as attributes. */
export function defineElement(): void {
  define(entry);
}
