/** Handle of a chat for the page's own scripts. */
import type { ChatOptions } from "../options/table.ts";
import { refresh, show, withChat } from "./panel.ts";
import type { ChatEvents, Mount } from "./types.ts";

export type ChatHandle = {
  /** Opens the panel. */
  open(): void;
  /** Closes the panel. */
  close(): void;
  /** Opens the panel if it is closed, and closes it if it is open. */
  toggle(): void;
  /** Opens the panel and asks the question, as if the visitor had written it. */
  ask(text: string): void;
  /** Starts an empty conversation. The current one stays in the list of earlier conversations. */
  startOver(): void;
  /**
   * Changes options. An option that is missing or null stays as it is. `agent`, `proxy`, `mode` and `target` cannot be
   * changed: destroy the chat and mount another.
   */
  set(options: Partial<ChatOptions>): void;
  /** Calls the listener on each event of that name, until the returned function is called. */
  on<Name extends keyof ChatEvents>(event: Name, listener: (detail: ChatEvents[Name]) => void): () => void;
  /** Removes the chat and everything it added from the page. Stored conversations stay. */
  destroy(): void;
};

/** Each event of the chat is a DOM event on the element as well, with the prefix `customgpt-`. */
function subscribe<Name extends keyof ChatEvents>(
  host: HTMLElement,
  event: Name,
  listener: (detail: ChatEvents[Name]) => void,
): () => void {
  const onEvent = (happening: Event) => happening instanceof CustomEvent && listener(happening.detail);
  host.addEventListener(`customgpt-${event}`, onEvent);
  return () => host.removeEventListener(`customgpt-${event}`, onEvent);
}

/** `gone` is called when the chat has been destroyed. */
export function createHandle(mount: Mount, gone: () => void): ChatHandle {
  /** A script may open the chat at any time, but move the focus only in response to an action of the visitor. */
  const showNow = (open: boolean) => show(mount, open, navigator.userActivation?.isActive ?? true);
  return {
    open: () => showNow(true),
    close: () => showNow(false),
    toggle: () => showNow(!mount.isShown),
    ask(text) {
      showNow(true);
      withChat(mount, (chat) => chat.ask(text));
    },
    startOver: () => withChat(mount, (chat) => chat.startOver()),
    set(changes) {
      mount.changeOptions(changes);
      refresh(mount);
    },
    on: (event, listener) => subscribe(mount.host, event, listener),
    destroy() {
      if (mount.isOver) return;
      mount.isOver = true;
      clearTimeout(mount.revealing);
      mount.started?.dispose();
      mount.root.replaceChildren();
      mount.root.adoptedStyleSheets = [];
      mount.host.handle = undefined;
      gone();
    },
  };
}
