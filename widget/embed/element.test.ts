import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineElement, mountNew } from "./element.ts";
import { part, pretendPage, settleDown } from "./testing/pretend-page.ts";

let page: ReturnType<typeof pretendPage>;
const hosts = () => [...document.querySelectorAll("customgpt-widget")];

beforeEach(() => {
  document.body.innerHTML = "<main></main>";
  page = pretendPage();
  // An element can be defined only once in a page, so all these tests share the first definition; each starts its own chat.
  defineElement({ proxy: page.doors.proxy, load: () => page.doors.load() });
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  for (const host of hosts()) host.handle?.destroy();
  document.body.innerHTML = "";
  await settleDown();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("an element that a stranger could write into the page", () => {
  it("79: uses the proxy of the owner's tag, not its own attribute", async () => {
    document.body.innerHTML = `<customgpt-widget proxy="https://stranger.example" title="Bank"></customgpt-widget>`;
    await settleDown();
    expect(page.requests.length).toBeGreaterThan(0);
    expect(page.requests.filter((address) => address.includes("stranger"))).toEqual([]);
  });
});

describe("a floating chat", () => {
  it("is inserted again, as the same node, when client-side navigation replaces the body", async () => {
    const handle = mountNew(
      () => null,
      page.doors,
      () => {},
    );
    const [host] = hosts();
    handle.open();
    await settleDown();
    const body = document.createElement("body");
    document.documentElement.replaceChild(body, document.body);
    await settleDown();
    expect(hosts()).toEqual([host]);
    expect(document.body).toBe(body);
    expect(page.notes).toEqual(["start", "show"]);
  });

  it("stays removed when the page removes it again and again", async () => {
    mountNew(
      () => null,
      page.doors,
      () => {},
    );
    for (let round = 0; round < 12; round++) {
      hosts()[0]?.remove();
      await settleDown();
    }
    expect(hosts()).toEqual([]);
  });

  it("removes the empty copy that a page cache restores", async () => {
    mountNew(
      () => null,
      page.doors,
      () => {},
    );
    await settleDown();
    const [host] = hosts();
    document.body.append(document.importNode(host ?? document.body, true));
    await settleDown();
    expect(hosts()).toEqual([host]);
  });
});

describe("an owner's element", () => {
  function write(attributes: Record<string, string>): HTMLElement {
    const element = document.createElement("customgpt-widget");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.querySelector("main")?.append(element);
    return element;
  }

  it("holds a chat with its attributes as options", async () => {
    const element = write({ agent: "sales", title: "Sales", color: "#112233" });
    await settleDown();
    expect(page.requests).toEqual(["https://chat.example.com/v1/agents/sales"]);
    expect(part("launcher", element).getAttribute("aria-label")).toBe("Sales");
    expect(element.hasAttribute("style")).toBe(false);
  });

  it("applies changes of its attributes", async () => {
    const element = write({ title: "Before" });
    await settleDown();
    element.setAttribute("title", "After");
    await settleDown();
    expect(part("launcher", element).getAttribute("aria-label")).toBe("After");
    element.setAttribute("open", "");
    await settleDown();
    await settleDown();
    expect(page.notes).toContain("show");
  });

  it("keeps its chat when it is moved, and destroys it when it is removed", async () => {
    const element = write({});
    part("launcher", element).click();
    await settleDown();
    document.body.prepend(element);
    await settleDown();
    expect(page.notes).toEqual(["start", "show"]);
    element.remove();
    await expect.poll(() => page.notes.at(-1)).toBe("undo");
    document.body.append(element);
    await settleDown();
    part("launcher", element).click();
    await settleDown();
    expect(page.notes).toEqual(["start", "show", "undo", "start", "show"]);
  });
});
