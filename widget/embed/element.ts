/** The custom element: an owner's own places a chat where it is written; ours carry the chats that float. */
import { parseOptions } from "../options/parse-options.ts";
import { optionNames } from "../options/table.ts";
import type { Options } from "../options/table.ts";
import type { Handle } from "./handle.ts";
import { elementName, madeByUs, stand, whenPageIsReady } from "./host.ts";
import type { Standing } from "./host.ts";
import { mountOn } from "./mount.ts";
import type { Doors, Mounted } from "./mount.ts";
import { warn } from "./warn.ts";

/** Who lives in an element. `putBack` is null in an owner's element, which stands where the owner wants it. */
type Resident = { readonly mounted: Mounted; readonly putBack: (() => void) | null };

const residents = new WeakMap<Element, Resident>();

/** Milliseconds an owner's element may be out of the page, as when it is moved, before its chat is taken down. */
const graceForMoves = 500;

export type CustomGPTWidgetElement = HTMLElement & { readonly handle: Handle | null };

/** Reads an element's options, and tells the owner of those that cannot be read. */
export function optionsOf(attribute: (name: string) => unknown): Options {
  const { options, warnings } = parseOptions(attribute);
  warnings.forEach(warn);
  return options;
}

/** Defines `<customgpt-widget>`; does nothing where it is defined already. */
export function defineElement(doors: Doors): void {
  if (customElements.get(elementName)) return;
  class CustomGPTWidget extends HTMLElement {
    static readonly observedAttributes = optionNames;

    get handle(): Handle | null {
      return residents.get(this)?.mounted.handle ?? null;
    }

    connectedCallback(): void {
      if (residents.has(this)) return;
      if (this.hasAttribute(madeByUs)) {
        // A page cache has copied one of ours; the copy has nobody in it.
        if (!this.shadowRoot) this.remove();
        return;
      }
      settleIn(this, doors);
    }

    disconnectedCallback(): void {
      const resident = residents.get(this);
      const leave = () => !this.isConnected && residents.get(this)?.mounted.handle.destroy();
      if (resident?.putBack) queueMicrotask(() => this.isConnected || residents.get(this)?.putBack?.());
      else if (resident) setTimeout(leave, graceForMoves);
    }

    attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
      if (before !== now) residents.get(this)?.mounted.use(optionsOf((name) => this.getAttribute(name)));
    }
  }
  customElements.define(elementName, CustomGPTWidget);
}

/** The chat in an element that the owner wrote for this agent, if there is one. */
export function handleInPage(agent: string): Handle | null {
  const written = [...document.querySelectorAll(`${elementName}:not([${madeByUs}])`)];
  const own = written.find((element) => (element.getAttribute("agent") ?? "default") === agent);
  return (own && residents.get(own)?.mounted.handle) ?? null;
}

function settleIn(element: HTMLElement, doors: Doors): void {
  const options = optionsOf((name) => element.getAttribute(name));
  const mounted = mountOn(element, options, doors, {
    gone() {
      callOff();
      residents.delete(element);
    },
    moved: () => mounted.begin(),
  });
  residents.set(element, { mounted, putBack: null });
  const callOff = whenPageIsReady(() => mounted.begin());
}

/** Makes an element, and puts it into the page when that is ready: at the end of the body, or into its target. */
export function mountNew(options: Options, doors: Doors, gone: () => void = () => {}): Handle {
  defineElement(doors);
  const element = document.createElement(elementName);
  element.setAttribute(madeByUs, "");
  let standing: Standing | null = null;
  const place = (where: Options) => {
    standing?.undo();
    standing = stand(element, where, () => mounted.begin());
  };
  const mounted = mountOn(element, options, doors, {
    gone() {
      callOff();
      standing?.undo();
      residents.delete(element);
      element.remove();
      gone();
    },
    moved: place,
  });
  residents.set(element, { mounted, putBack: () => standing?.putBack() });
  const callOff = whenPageIsReady(() => place(options));
  return mounted.handle;
}
