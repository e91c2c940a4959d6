/** Isolation of events: keeps the chat's from the page's handlers, such as shortcuts and copy protection. */
import { bare } from "../builtins/bare.ts";

/**
 * Input events that cross a shadow root. Not `pointerup`, `mousemove` and the like: a drag may have started outside, and
 * the page has to receive its end.
 */
const userEvents =
  "keydown keyup keypress beforeinput input change compositionstart compositionupdate compositionend copy cut paste " +
  "focusin focusout pointerdown mousedown click auxclick dblclick contextmenu selectstart dragstart dragenter dragover " +
  "drop wheel touchstart touchmove touchend touchcancel gesturestart gesturechange";

/**
 * Stops events at the host until the returned function is called; handlers inside still receive them. Capturing handlers
 * on the window run earlier, with the host as target; pages check whether it is editable before they treat a key as a
 * shortcut.
 */
export function isolateEvents(host: HTMLElement): () => void {
  const stop = (event: Event) => event.stopPropagation();
  const types = userEvents.split(" ");
  // Passive, because browsers would otherwise delay each scroll for these listeners.
  for (const type of types) host.addEventListener(type, stop, bare({ passive: true }));
  Object.defineProperty(host, "isContentEditable", bare({ value: true, configurable: true }));
  return () => {
    Reflect.deleteProperty(host, "isContentEditable");
    for (const type of types) host.removeEventListener(type, stop);
  };
}
