import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MockInstance } from "vitest";
import { findTags } from "./find-script.ts";

function script(attributes: Record<string, string>, text = ""): HTMLScriptElement {
  const element = document.createElement("script");
  // Only its attributes matter here; a type that is no JavaScript keeps the test from fetching it.
  for (const [name, value] of Object.entries({ type: "text/plain", ...attributes }))
    element.setAttribute(name, value);
  element.textContent = text;
  document.head.append(element);
  return element;
}

const told = (current: HTMLScriptElement | null) =>
  findTags(current).map(({ said, home }) => ({
    agent: said("agent") ?? null,
    color: said("color") ?? null,
    home,
  }));

let warnings: MockInstance<typeof console.warn>;

beforeEach(() => {
  document.head.innerHTML = "";
  warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const home = "https://chat.example.com/";

describe("the tag that brought the script", () => {
  it("is the running one, and the proxy is where it came from", () => {
    const current = script({ src: `${home}widget.js?v=2`, "data-agent": "sales" });
    script({ src: "https://other.example/widget.js" });
    expect(told(current)).toEqual([{ agent: "sales", color: null, home }]);
  });

  it("may come from a proxy that lives in a folder", () => {
    expect(told(script({ src: "https://example.com/chat/widget.js" }))[0]?.home).toBe(
      "https://example.com/chat/",
    );
  });

  it("copied by an optimiser under another name keeps its options, and says nothing about the proxy", () => {
    const current = script({
      src: "https://shop.example/cache/a1b2.js",
      "data-proxy": home,
      "data-color": "#123",
    });
    expect(told(current)).toEqual([{ agent: null, color: "#123", home: null }]);
  });

  it("is found by its name when the browser does not say which it is, as with a module", () => {
    script({ src: "https://example.com/app.js" });
    script({ src: `${home}widget.js` });
    expect(told(null)).toEqual([{ agent: null, color: null, home }]);
  });

  it("is not mistaken for somebody else's widget.js", () => {
    script({ src: "https://other.example/widget.js" });
    script({ src: `${home}widget.js`, "data-agent": "sales" });
    expect(told(null)).toEqual([{ agent: "sales", color: null, home }]);
  });

  it("merged into another file is not that file: its attributes and address mean nothing", () => {
    const merged = script({ src: "https://shop.example/all.js", "data-color": "#f00" });
    expect(told(merged)).toEqual([{ agent: null, color: null, home: null }]);
  });

  it("can be told by an inert block, which comes before attributes", () => {
    const current = script({ src: `${home}widget.js`, "data-agent": "sales", "data-color": "#123" });
    script({ type: "application/json", "data-customgpt-widget": "" }, '{"color":"#456"}');
    expect(told(current)).toEqual([{ agent: "sales", color: "#456", home }]);
    current.remove();
    expect(told(null)).toEqual([{ agent: null, color: "#456", home: null }]);
  });

  it("goes without a block that cannot be read, with one warning", () => {
    script({ type: "application/json", "data-customgpt-widget": "" }, '{"color":');
    expect(told(script({ src: `${home}widget.js` }))).toEqual([{ agent: null, color: null, home }]);
    expect(warnings).toHaveBeenCalledTimes(1);
  });
});
