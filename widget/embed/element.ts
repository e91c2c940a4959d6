/** Custom element `<customgpt-widget>`: holds an owner's chat in the page, or a floating chat that the script adds. */
import type { OptionSource } from "../options/read-option.ts";
import { optionsIn } from "./host-styles.ts";
import type { EntryOptions } from "./types.ts";
import type { ChatHandle } from "./handle.ts";
import { isLoading, attachToPage, whenPageIsReady } from "./attach-to-page.ts";
import { mountOn } from "./mount.ts";
import type { CustomGPTWidgetElement } from "./typings/page.ts";

const elementName = "customgpt-widget";

/** Marks elements that the script added. A page cache restores an empty copy of one, which is removed. */
const madeByUs = "data-made";

/** Milliseconds an owner's element may be out of the page, as when it is moved, before its chat is destroyed. */
const graceForMoves = 500;

/** Chats in elements that owners wrote into the page, by agent. */
export const written = new Map<string, ChatHandle>();

/** Defines `<customgpt-widget>`; does nothing if it is defined already. */
export function defineElement(doors: EntryOptions): void {
  if (customElements.get(elementName)) return;
  customElements.define(
    elementName,
    class extends HTMLElement {
      declare handle?: ChatHandle | undefined;
      declare whenLeft?: () => void;

      connectedCallback(): void {
        if (this.handle) return;
        if (!this.hasAttribute(madeByUs)) settleIn(this, doors);
        else if (!this.shadowRoot) this.remove();
      }

      disconnectedCallback(): void {
        this.whenLeft?.();
      }
    },
  );
}

function settleIn(element: CustomGPTWidgetElement, doors: EntryOptions): void {
  // A person who can write HTML into the page, but no script, must not replace the owner's chat by another.
  const said: OptionSource = (name) => (name === "proxy" && doors.proxy ? null : element.getAttribute(name));
  const agent = optionsIn(said)("agent");
  const mounted = mountOn(element, said, doors, () => {
    watcher.disconnect();
    written.delete(agent);
    element.handle = undefined;
  });
  const watcher = new MutationObserver(mounted.refresh);
  const leave = () => element.isConnected || mounted.handle.destroy();
  watcher.observe(element, { attributes: true });
  written.set(agent, (element.handle = mounted.handle));
  element.whenLeft = () => void setTimeout(leave, graceForMoves);
  whenPageIsReady(mounted.start);
}

/**
 * Creates an element, which must be defined, and appends it to the body or to its target once the page is ready. `gone`
 * receives whether it was removed because the page is written again, which removes all listeners too.
 */
export function mountNew(
  said: OptionSource,
  doors: EntryOptions,
  gone: (isWrittenAnew: boolean) => void,
): ChatHandle {
  const element = document.createElement(elementName);
  element.setAttribute(madeByUs, "");
  let reattach = () => {};
  const mounted = mountOn(element, said, doors, () => {
    element.handle = undefined;
    element.remove();
    gone(isLoading());
  });
  element.handle = mounted.handle;
  element.whenLeft = () =>
    isLoading()
      ? mounted.handle.destroy()
      : queueMicrotask(() => element.isConnected || (element.handle && reattach()));
  whenPageIsReady(() => {
    if (!element.handle) return;
    reattach = attachToPage(element, optionsIn(said)("target"));
    mounted.start();
  });
  return mounted.handle;
}
