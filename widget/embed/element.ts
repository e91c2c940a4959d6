/** Custom element: an owner places a chat where the element is; our own elements have the floating chats. */
import type { OptionSource } from "../options/read-option.ts";
import { optionsIn } from "./host-styles.ts";
import type { EntryOptions } from "./types.ts";
import type { ChatHandle } from "./handle.ts";
import { isLoading, attachToPage, whenPageIsReady } from "./attach-to-page.ts";
import { mountOn } from "./mount.ts";
import type { CustomGPTWidgetElement } from "./typings/page.ts";

const elementName = "customgpt-widget";

/** Marks the elements we made ourselves: a copy of one, as a page cache brings back, is empty and must go. */
const madeByUs = "data-made";

/** Milliseconds an owner's element may be out of the page, as when it is moved, before its chat is taken down. */
const graceForMoves = 500;

/** The chats in elements that owners wrote into the page, by agent. */
export const written = new Map<string, ChatHandle>();

/** Defines `<customgpt-widget>`; does nothing where it is defined already. */
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
  // Whoever can write HTML into the page, though no script, must not put a stranger's chat in the owner's place.
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
 * Makes an element, which must be defined, and puts it into the page when that is ready: at the end of the body, or into
 * its target. `gone` is told whether that is because the page is written anew, after which no listener in it is left.
 */
export function mountNew(
  said: OptionSource,
  doors: EntryOptions,
  gone: (isWrittenAnew: boolean) => void,
): ChatHandle {
  const element = document.createElement(elementName);
  element.setAttribute(madeByUs, "");
  let putBack = () => {};
  const mounted = mountOn(element, said, doors, () => {
    element.handle = undefined;
    element.remove();
    gone(isLoading());
  });
  element.handle = mounted.handle;
  element.whenLeft = () =>
    isLoading()
      ? mounted.handle.destroy()
      : queueMicrotask(() => element.isConnected || (element.handle && putBack()));
  whenPageIsReady(() => {
    if (!element.handle) return;
    putBack = attachToPage(element, optionsIn(said)("target"));
    mounted.start();
  });
  return mounted.handle;
}
