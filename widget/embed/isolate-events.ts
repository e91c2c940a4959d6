/** Isolation of events: keeps those of the chat from the page's handlers, such as shortcuts and copy protection. */
import { bare } from "../builtins/bare.ts";

/**
 * What visitors do that crosses a shadow root. Not the end of a pointer's way (`pointerup`, `mousemove`, …): it may have
 * begun outside, and a page that drags something must hear where that ends.
 */
const userEvents =
  "keydown keyup keypress beforeinput input change compositionstart compositionupdate compositionend copy cut paste " +
  "focusin focusout pointerdown mousedown click auxclick dblclick contextmenu selectstart dragstart dragenter dragover " +
  "drop wheel touchstart touchmove touchend touchcancel gesturestart gesturechange";

/**
 * Events inside still arrive there; they go no further than the host, until the returned function is called. Handlers on
 * the window that capture come first all the same. To them it is the host that is typed into, and what pages ask before
 * they take a key for a shortcut is whether that can be edited.
 */
export function isolateEvents(host: HTMLElement): () => void {
  const stop = (event: Event) => event.stopPropagation();
  const types = userEvents.split(" ");
  // Passive, since browsers would else wait for these with every scroll.
  for (const type of types) host.addEventListener(type, stop, bare({ passive: true }));
  Object.defineProperty(host, "isContentEditable", bare({ value: true, configurable: true }));
  return () => {
    Reflect.deleteProperty(host, "isContentEditable");
    for (const type of types) host.removeEventListener(type, stop);
  };
}
