import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MockInstance } from "vitest";
import { findTags } from "./find-script.ts";

function script(attributes: Record<string, string>, text = ""): HTMLScriptElement {
  const element = document.createElement("script");
  // Only its attributes matter here; with a type other than JavaScript it is not fetched.
  for (const [name, value] of Object.entries({ type: "text/plain", ...attributes }))
    element.setAttribute(name, value);
  element.textContent = text;
  document.head.append(element);
  return element;
}

const told = (current: HTMLScriptElement | null) =>
  findTags(current).map(({ optionSource, home }) => ({
    agent: optionSource("agent") ?? null,
    color: optionSource("color") ?? null,
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

describe("the widget's script tag", () => {
  it("is the running one, and its URL gives the proxy", () => {
    const current = script({ src: `${home}widget.js?v=2`, "data-agent": "sales" });
    script({ src: "https://other.example/widget.js" });
    expect(told(current)).toEqual([{ agent: "sales", color: null, home }]);
  });

  it("may come from a proxy in a folder", () => {
    expect(told(script({ src: "https://example.com/chat/widget.js" }))[0]?.home).toBe(
      "https://example.com/chat/",
    );
  });

  it("keeps its options when an optimizer copied it under another name, and gives no proxy", () => {
    const current = script({
      src: "https://shop.example/cache/a1b2.js",
      "data-proxy": home,
      "data-color": "#123",
    });
    expect(told(current)).toEqual([{ agent: null, color: "#123", home: null }]);
  });

  it("is found by its name where there is no current script, as with a module", () => {
    script({ src: "https://example.com/app.js" });
    script({ src: `${home}widget.js` });
    expect(told(null)).toEqual([{ agent: null, color: null, home }]);
  });

  it("is not confused with another product's widget.js", () => {
    script({ src: "https://other.example/widget.js" });
    script({ src: `${home}widget.js`, "data-agent": "sales" });
    expect(told(null)).toEqual([{ agent: "sales", color: null, home }]);
  });

  it("is not the file that it was merged into: the attributes and URL of that one are ignored", () => {
    const merged = script({ src: "https://shop.example/all.js", "data-color": "#f00" });
    expect(told(merged)).toEqual([{ agent: null, color: null, home: null }]);
  });

  it("can have its options in an inert block, which wins over attributes", () => {
    const current = script({ src: `${home}widget.js`, "data-agent": "sales", "data-color": "#123" });
    script({ type: "application/json", "data-customgpt-widget": "" }, '{"color":"#456"}');
    expect(told(current)).toEqual([{ agent: "sales", color: "#456", home }]);
    current.remove();
    expect(told(null)).toEqual([{ agent: null, color: "#456", home: null }]);
  });

  it("ignores an invalid block, with one warning", () => {
    script({ type: "application/json", "data-customgpt-widget": "" }, '{"color":');
    expect(told(script({ src: `${home}widget.js` }))).toEqual([{ agent: null, color: null, home }]);
    expect(warnings).toHaveBeenCalledTimes(1);
  });
});
