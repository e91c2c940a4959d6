/** Custom element `<customgpt-widget>`: holds an owner's chat in the page, or a floating chat that the script adds. */
import type { OptionSource } from "../options/read-option.ts";
import { optionsIn } from "./host-styles.ts";
import type { EntryOptions } from "./types.ts";
import { createHandle } from "./handle.ts";
import type { ChatHandle } from "./handle.ts";
import { isLoading, attachToPage, whenPageIsReady } from "./attach-to-page.ts";
import { createMount, start } from "./mount.ts";
import { refresh } from "./panel.ts";
import type { CustomGPTWidgetElement } from "./typings/page.ts";

const elementName = "customgpt-widget";

/** Marks elements that the script added. A page cache restores an empty copy of one, which is removed. */
const madeByUs = "data-made";

/** Milliseconds an owner's element may be out of the page, as when it is moved, before its chat is destroyed. */
const graceForMoves = 500;

/** Chats in elements that owners wrote into the page, by agent. */
export const written = new Map<string, ChatHandle>();

/** Defines `<customgpt-widget>`; does nothing if it is defined already. */
export function defineElement(entry: EntryOptions): void {
  if (customElements.get(elementName)) return;
  customElements.define(
    elementName,
    class extends HTMLElement {
      declare handle?: ChatHandle | undefined;
      declare whenLeft?: () => void;

      connectedCallback(): void {
        if (this.handle) return;
        if (!this.hasAttribute(madeByUs)) settleIn(this, entry);
        else if (!this.shadowRoot) this.remove();
      }

      disconnectedCallback(): void {
        this.whenLeft?.();
      }
    },
  );
}

function settleIn(element: CustomGPTWidgetElement, entry: EntryOptions): void {
  // A person who can write HTML into the page, but no script, must not replace the owner's chat by another.
  const source: OptionSource = (name) =>
    name === "proxy" && entry.proxy ? null : element.getAttribute(name);
  const mount = createMount(element, source, entry);
  const watcher = new MutationObserver(() => refresh(mount));
  const handle = createHandle(mount, () => {
    watcher.disconnect();
    written.delete(mount.agent);
  });
  const leave = () => element.isConnected || handle.destroy();
  watcher.observe(element, { attributes: true });
  written.set(mount.agent, (element.handle = handle));
  element.whenLeft = () => void setTimeout(leave, graceForMoves);
  whenPageIsReady(() => start(mount));
}

/**
 * Creates an element, which must be defined, and appends it to the body or to its target once the page is ready. `gone`
 * receives whether it was removed because the page is written again, which removes all listeners too.
 */
export function mountNew(
  source: OptionSource,
  entry: EntryOptions,
  gone: (isRewritten: boolean) => void,
): ChatHandle {
  const element = document.createElement(elementName);
  element.setAttribute(madeByUs, "");
  let reattach = () => {};
  const mount = createMount(element, source, entry);
  const handle = createHandle(mount, () => {
    element.remove();
    gone(isLoading());
  });
  element.handle = handle;
  element.whenLeft = () =>
    isLoading()
      ? handle.destroy()
      : queueMicrotask(() => element.isConnected || (element.handle && reattach()));
  whenPageIsReady(() => {
    if (!element.handle) return;
    reattach = attachToPage(element, optionsIn(source)("target"));
    start(mount);
  });
  return handle;
}
