/** Door: the ES module for sites with a bundler. Importing it does nothing to the page. */
import { defineElement as define, mountNew } from "./embed/element.ts";
import type { ChatHandle } from "./embed/handle.ts";
import { createChatLoader } from "./embed/chat-loader.ts";
import type { ChatOptions } from "./options/table.ts";

// Under their former names as well until the next version.
export type { ChatEvents, ChatEvents as Happenings } from "./embed/types.ts";
export type { CustomGPTWidgetElement } from "./embed/element.ts";
export type { ChatHandle, ChatHandle as Handle } from "./embed/handle.ts";
export type { ChatOptions, ChatOptions as Options } from "./options/table.ts";

const doors = { proxy: null, load: createChatLoader(() => import("./app/start-chat.lazy.tsx")) };

/** Puts a chat on the page. `proxy`, the proxy's address, has to be among the options; all others may be left out. */
export function mount(options: Partial<ChatOptions> & Pick<ChatOptions, "proxy">): ChatHandle {
  const said: Readonly<Record<string, unknown>> = { ...options };
  define(doors);
  return mountNew(
    (name) => said[name],
    doors,
    () => {},
  );
}

/** Defines `<customgpt-widget>`, which takes the options as attributes. */
export function defineElement(): void {
  define(doors);
}
