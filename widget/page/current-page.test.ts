import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Page } from "../../proxy/protocol/bodies.ts";
import { currentPage, followPage } from "./current-page.ts";

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

beforeEach(() => {
  document.title = "Prices";
});

describe("the current page", () => {
  it("is its title and its address, without query and hash, which may be private", () => {
    expect(currentPage(windowAt(`${prices}?customer=ann#top`).view)).toEqual({
      title: "Prices",
      url: prices,
    });
  });

  it("has no title longer than the proxy takes, and no half of a character in it", () => {
    document.title = "🙂".repeat(400);
    expect(currentPage(windowAt(prices).view).title).toBe("🙂".repeat(300));
  });

  it("has no address outside the web", () => {
    expect(currentPage(windowAt("file:///prices.html").view).url).toBe("");
  });
});

describe("watching the page", () => {
  it("calls back at once, and again when a script has changed title or address, until cancelled", async () => {
    const told = vi.fn<(page: Page) => void>();
    const { view, location } = windowAt(prices);
    const undo = followPage(view, told);
    expect(told).toHaveBeenCalledExactlyOnceWith({ title: "Prices", url: prices });
    document.title = "Contact";
    await expect.poll(() => told.mock.calls).toHaveLength(2);
    location.pathname = "/contact";
    window.dispatchEvent(new Event("focusin"));
    expect(told).toHaveBeenLastCalledWith({ title: "Contact", url: "https://shop.example/contact" });
    window.dispatchEvent(new Event("popstate"));
    expect(told).toHaveBeenCalledTimes(3);
    undo();
    location.pathname = "/elsewhere";
    window.dispatchEvent(new Event("popstate"));
    expect(told).toHaveBeenCalledTimes(3);
  });

  it("ignores a change of query or hash", () => {
    const told = vi.fn<(page: Page) => void>();
    const { view, location } = windowAt(prices);
    const undo = followPage(view, told);
    location.search = "?page=2";
    location.hash = "#middle";
    window.dispatchEvent(new Event("popstate"));
    expect(told).toHaveBeenCalledOnce();
    undo();
  });
});
