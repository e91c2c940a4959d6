import { afterEach, describe, expect, it, vi } from "vitest";
import { isolateEvents } from "./isolate-events.ts";

const host = document.createElement("div");
const field = document.createElement("textarea");
host.attachShadow({ mode: "open" }).append(field);
document.body.append(host);
const pageHears = vi.fn<(event: Event) => void>((event) => event.preventDefault());
const happen = (type: string) => {
  const event = new Event(type, { bubbles: true, composed: true, cancelable: true });
  field.dispatchEvent(event);
  return event;
};

/** Events that pages are known to cancel, each with the kind of script that does. */
const cancelled = [
  ["keydown", "shortcuts"],
  ["beforeinput", "editors"],
  ["compositionstart", "editors"],
  ["paste", "form guards"],
  ["copy", "copy protection"],
  ["contextmenu", "copy protection"],
  ["selectstart", "copy protection"],
  ["dragstart", "copy protection"],
  ["mousedown", "copy protection"],
  ["pointerdown", "copy protection"],
  ["click", "routers"],
  ["wheel", "smooth scrolling"],
  ["touchstart", "sliders"],
  ["touchmove", "sliders"],
  ["touchend", "fast click"],
  ["drop", "file drops"],
  ["focusin", "focus traps"],
] as const;

afterEach(() => pageHears.mockClear());

describe("an event inside the chat", () => {
  it.each(cancelled)("cannot be cancelled by the page: %s (%s)", (type) => {
    const inside = vi.fn<() => void>();
    field.addEventListener(type, inside);
    for (const place of [window, document, document.body]) place.addEventListener(type, pageHears);
    const release = isolateEvents(host);
    expect(happen(type).defaultPrevented).toBe(false);
    expect(inside).toHaveBeenCalledTimes(1);
    expect(pageHears).not.toHaveBeenCalled();
    release();
    expect(happen(type).defaultPrevented).toBe(true);
    expect(pageHears).toHaveBeenCalled();
    for (const place of [window, document, document.body]) place.removeEventListener(type, pageHears);
  });

  it.each(["pointerup", "mouseup", "mousemove", "customgpt-question"])(
    "is heard by the page where it may need it: %s",
    (type) => {
      document.addEventListener(type, pageHears);
      const release = isolateEvents(host);
      happen(type);
      release();
      document.removeEventListener(type, pageHears);
      expect(pageHears).toHaveBeenCalledTimes(1);
    },
  );

  it("has an editable target, for pages that check that before they treat a key as a shortcut", () => {
    const release = isolateEvents(host);
    expect(host.isContentEditable).toBe(true);
    release();
    expect(host.isContentEditable).not.toBe(true);
  });

  it("does not delay scrolling, because its listener is passive", () => {
    const add = vi.spyOn(host, "addEventListener");
    isolateEvents(host)();
    expect(add.mock.calls.length).toBeGreaterThan(20);
    expect(add.mock.calls.every(([, , options]) => JSON.stringify(options) === '{"passive":true}')).toBe(
      true,
    );
    add.mockRestore();
  });
});
