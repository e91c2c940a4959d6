import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MockInstance } from "vitest";
import { openCommandQueue } from "./command-queue.ts";
import type { ChatHandle } from "./handle.ts";

const nothing = () => {};

function pretendHandle() {
  const calls: unknown[][] = [];
  const note =
    (name: string) =>
    (...given: unknown[]) => {
      calls.push([name, ...given]);
      return () => {};
    };
  const handle: ChatHandle = {
    open: note("open"),
    close: note("close"),
    toggle: note("toggle"),
    ask: note("ask"),
    startOver: note("startOver"),
    set: note("set"),
    on: note("on"),
    destroy: note("destroy"),
  };
  return { handle, calls };
}

/** The stub from the README. */
function runStub(): void {
  const queued: unknown[][] = [];
  const stub = (...words: unknown[]) => void queued.push(words);
  window.CustomGPTWidget ??= Object.assign(stub, { q: queued });
}

let warnings: MockInstance<typeof console.warn>;

beforeEach(() => {
  delete window.CustomGPTWidget;
  warnings = vi.spyOn(console, "warn").mockImplementation(nothing);
});
afterEach(() => {
  delete window.CustomGPTWidget;
  vi.restoreAllMocks();
});

describe("the global function", () => {
  it("runs queued commands in order once the script is loaded, and later ones at once", () => {
    const { handle, calls } = pretendHandle();
    runStub();
    const listener = () => {};
    window.CustomGPTWidget?.("on", "answer", listener);
    window.CustomGPTWidget?.("ask", "What does it cost?");
    const queue = openCommandQueue(null, nothing);
    window.CustomGPTWidget?.("open");
    expect(calls).toEqual([]);
    queue?.serve(() => handle);
    expect(calls).toEqual([["on", "answer", listener], ["ask", "What does it cost?"], ["open"]]);
    expect(typeof window.CustomGPTWidget?.("on", "open", listener)).toBe("function");
    expect(calls).toHaveLength(4);
  });

  it("warns of an unknown command, also of one with the name of an inherited method", () => {
    const { handle } = pretendHandle();
    openCommandQueue(null, nothing)?.serve(() => handle);
    const untyped: ((...words: string[]) => unknown) | undefined = window.CustomGPTWidget;
    untyped?.("fly");
    untyped?.("hasOwnProperty", "open");
    expect(warnings).toHaveBeenCalledTimes(2);
  });

  it("exists once: a second script passes its tag to the first and stops", () => {
    const tags: unknown[] = [];
    openCommandQueue(null, (tag) => tags.push(tag));
    const first = window.CustomGPTWidget;
    const second = document.createElement("script");
    expect(openCommandQueue(second, nothing)).toBeNull();
    expect(tags).toEqual([second]);
    expect(window.CustomGPTWidget).toBe(first);
  });

  it("does not replace the page's own variable of that name", () => {
    const theirs = { version: 3 };
    Reflect.set(window, "CustomGPTWidget", theirs);
    openCommandQueue(null, nothing)?.close();
    expect(Reflect.get(window, "CustomGPTWidget")).toBe(theirs);
  });

  it.each(["form", "a", "img", "object"])(
    "79: takes no <%s> of that name for its own, nor for a page's",
    (name) => {
      // As in browsers, where named elements are inherited properties of the window, and an <object> is a function.
      const isFunction = name === "object";
      const element: object = isFunction
        ? Object.setPrototypeOf(() => {}, HTMLElement.prototype)
        : document.createElement(name);
      Reflect.set(element, "add", document.createElement("input"));
      const named = Object.create(Object.getPrototypeOf(window), {
        CustomGPTWidget: { value: element, writable: true },
      });
      const before: object = Object.getPrototypeOf(window);
      Object.setPrototypeOf(window, named);
      expect(openCommandQueue(null, nothing)).not.toBeNull();
      expect(window.CustomGPTWidget).toBeInstanceOf(Function);
      Object.setPrototypeOf(window, before);
    },
  );

  it("79: works although the stub found an element of that name", () => {
    const form = document.createElement("form");
    Reflect.set(form, "add", document.createElement("input"));
    Reflect.set(window, "CustomGPTWidget", form);
    expect(() => openCommandQueue(null, nothing)?.close()).not.toThrow();
  });

  it("is removed when it is closed", () => {
    openCommandQueue(null, nothing)?.close();
    expect("CustomGPTWidget" in window).toBe(false);
  });
});
