/** The custom element: an owner's own places a chat where it is written; ours carry the chats that float. */
import type { Said } from "../options/read-option.ts";
import type { Handle } from "./handle.ts";
import { optionsIn } from "./appearance.ts";
import { mountOn } from "./mount.ts";
import type { Doors, Mounted } from "./mount.ts";
import { place, whenPageIsReady } from "./place.ts";

const elementName = "customgpt-widget";

/** Marks the elements we made ourselves: a copy of one, as a page cache brings back, is empty and must go. */
const madeByUs = "data-made";

/** Milliseconds an owner's element may be out of the page, as when it is moved, before its chat is taken down. */
const graceForMoves = 500;

/** Who lives in an element, and what is to be done when it has left the page. */
type Resident = { readonly mounted: Mounted; readonly left: () => void };

const residents = new WeakMap<Element, Resident>();

/** The chats in elements that owners wrote into the page, by agent. */
export const written = new Map<string, Handle>();

export type CustomGPTWidgetElement = HTMLElement & { readonly handle: Handle | null };

/** Defines `<customgpt-widget>`; does nothing where it is defined already. */
export function defineElement(doors: Doors): void {
  if (customElements.get(elementName)) return;
  customElements.define(
    elementName,
    class extends HTMLElement {
      get handle(): Handle | undefined {
        return residents.get(this)?.mounted.handle;
      }

      connectedCallback(): void {
        if (residents.has(this)) return;
        if (!this.hasAttribute(madeByUs)) settleIn(this, doors);
        else if (!this.shadowRoot) this.remove();
      }

      disconnectedCallback(): void {
        residents.get(this)?.left();
      }
    },
  );
}

function settleIn(element: HTMLElement, doors: Doors): void {
  const said: Said = (name) => element.getAttribute(name);
  const agent = optionsIn(said)("agent");
  const mounted = mountOn(element, said, doors, () => {
    watcher.disconnect();
    residents.delete(element);
    written.delete(agent);
  });
  const watcher = new MutationObserver(mounted.refresh);
  watcher.observe(element, { attributes: true });
  const left = () => void setTimeout(() => element.isConnected || mounted.handle.destroy(), graceForMoves);
  residents.set(element, { mounted, left });
  written.set(agent, mounted.handle);
  whenPageIsReady(mounted.begin);
}

/** Makes an element and puts it into the page when that is ready: at the end of the body, or into its target. */
export function mountNew(said: Said, doors: Doors, gone: () => void = () => {}): Handle {
  defineElement(doors);
  const element = document.createElement(elementName);
  element.setAttribute(madeByUs, "");
  let putBack = () => {};
  let isGone = false;
  const mounted = mountOn(element, said, doors, () => {
    isGone = true;
    element.remove();
    gone();
  });
  const left = () => queueMicrotask(() => element.isConnected || isGone || putBack());
  residents.set(element, { mounted, left });
  whenPageIsReady(() => {
    if (isGone) return;
    putBack = place(element, optionsIn(said)("target"));
    mounted.begin();
  });
  return mounted.handle;
}
