import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { awaitPage } from "./await-page.ts";

const prices = "https://shop.example/prices";

/** The test's window with its own address, which changes without an event, as by a script. */
function windowAt(address: string): { view: Window; location: URL } {
  const location = new URL(address);
  const own = {
    document,
    location,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  };
  return { location, view: Object.assign(Object.create(window), own) };
}

describe("waiting for a page", () => {
  const contact = "https://shop.example/contact?";

  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("ends once the address is the page's, without any event", () => {
    const arrived = vi.fn<() => void>();
    const { view, location } = windowAt(prices);
    awaitPage(view, contact, arrived);
    vi.advanceTimersByTime(1_000);
    location.pathname = "/contact";
    expect(arrived).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(arrived).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("polls nothing where the browser reports each change of the address", () => {
    const arrived = vi.fn<() => void>();
    const { view, location } = windowAt(prices);
    const navigation = new EventTarget();
    awaitPage(Object.assign(view, { navigation }), contact, arrived);
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(1);
    location.pathname = "/contact";
    navigation.dispatchEvent(new Event("currententrychange"));
    expect(arrived).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(arrived).toHaveBeenCalledOnce();
  });

  it("ends on timeout, when the page is hidden, and when cancelled", () => {
    const arrived = vi.fn<() => void>();
    const { view, location } = windowAt(prices);
    awaitPage(view, contact, arrived);
    vi.advanceTimersByTime(11_000);
    awaitPage(view, contact, arrived);
    window.dispatchEvent(new Event("pagehide"));
    awaitPage(view, contact, arrived)();
    expect(vi.getTimerCount()).toBe(0);
    location.pathname = "/contact";
    window.dispatchEvent(new Event("popstate"));
    vi.advanceTimersByTime(1_000);
    expect(arrived).not.toHaveBeenCalled();
  });
});
