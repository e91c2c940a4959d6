import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { part, pretendPage, settleDown } from "./embed/testing/pretend-page.ts";

const home = "https://chat.example.com/";
let page: ReturnType<typeof pretendPage>;

/** Runs the tag's script anew, as the browser does for each tag. */
async function load(attributes: Record<string, string> = {}): Promise<void> {
  const script = document.createElement("script");
  for (const [name, value] of Object.entries({ type: "text/plain", src: `${home}widget.js`, ...attributes }))
    script.setAttribute(name, value);
  document.head.append(script);
  vi.spyOn(document, "currentScript", "get").mockReturnValue(script);
  vi.resetModules();
  await import("./tag.ts");
  await settleDown();
}

const hosts = () => [...document.querySelectorAll("customgpt-widget")];

beforeEach(() => {
  document.head.innerHTML = "";
  document.body.innerHTML = "<main></main>";
  page = pretendPage();
});
afterEach(() => {
  for (let left = hosts().length; left > 0; left--) window.CustomGPTWidget?.("destroy");
  delete window.CustomGPTWidget;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the tag", () => {
  // First, since only the page's first copy of the script can define the element.
  it("adds no second chat where the owner wrote the element for the same agent", async () => {
    document.body.innerHTML = "<main><customgpt-widget></customgpt-widget></main>";
    await load();
    expect(hosts()).toHaveLength(1);
    expect(hosts()[0]?.parentElement?.localName).toBe("main");
    window.CustomGPTWidget?.("set", { title: "Written" });
    expect(part("launcher").getAttribute("aria-label")).toBe("Written");
  });

  it("puts a chat on the page that asks the proxy it came from", async () => {
    await load();
    expect(hosts()).toHaveLength(1);
    expect(page.requests).toEqual([`${home}v1/agents/default`]);
  });

  it("loaded twice for the same agent is one chat; for two agents it is two", async () => {
    await load();
    await load();
    expect(hosts()).toHaveLength(1);
    await load({ "data-agent": "sales" });
    expect(hosts()).toHaveLength(2);
    expect(page.requests).toEqual([`${home}v1/agents/default`, `${home}v1/agents/sales`]);
  });

  it("puts the chat back when the body is swapped, also after it was once taken away and loaded anew", async () => {
    await load();
    document.documentElement.replaceChild(document.createElement("body"), document.body);
    await settleDown();
    expect(hosts()).toHaveLength(1);
  });

  it("adds one global and takes it away with the last chat", async () => {
    const before = new Set(Object.getOwnPropertyNames(window));
    await load();
    expect(Object.getOwnPropertyNames(window).filter((name) => !before.has(name))).toEqual([
      "CustomGPTWidget",
    ]);
    window.CustomGPTWidget?.("destroy");
    expect(Object.getOwnPropertyNames(window).filter((name) => !before.has(name))).toEqual([]);
    expect(hosts()).toEqual([]);
  });

  it("waits while the page is only prerendered", async () => {
    Object.defineProperty(document, "prerendering", { configurable: true, value: true });
    await load();
    expect(hosts()).toEqual([]);
    expect(page.requests).toEqual([]);
    Reflect.deleteProperty(document, "prerendering");
    document.dispatchEvent(new Event("prerenderingchange"));
    await settleDown();
    expect(hosts()).toHaveLength(1);
  });

  it("in the head waits for the body", async () => {
    const state = vi.spyOn(document, "readyState", "get").mockReturnValue("loading");
    await load();
    window.CustomGPTWidget?.("set", { title: "Set before there was a page" });
    expect(hosts()).toEqual([]);
    state.mockReturnValue("interactive");
    document.dispatchEvent(new Event("DOMContentLoaded"));
    await settleDown();
    expect(part("launcher").getAttribute("aria-label")).toBe("Set before there was a page");
  });
});
