/** Tests of the passage that is found for an answer, and of when none is found. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { findPassage } from "./find-passage.ts";

const filler = Array.from(
  { length: 30 },
  (_, index) =>
    `Chapter ${index} tells what the ${["red", "blue", "green"][index % 3]} machine number ${index} does.`,
);

beforeEach(() => {
  // Without layout, every element counts as visible unless it is marked as hidden.
  vi.spyOn(Element.prototype, "getClientRects").mockReturnValue(
    Object.assign([new DOMRect()], { item: () => null }),
  );
});

/** Unrelated paragraphs around a test's own content. */
function pageWith(...parts: (string | [tag: string, text: string, attribute?: string])[]): Element {
  const body = document.createElement("body");
  const put = (tag: string, text: string, attribute = "") => {
    const element = body.appendChild(document.createElement(tag));
    if (attribute) element.setAttribute(attribute, "");
    element.append(text);
  };
  for (const sentence of filler.slice(0, 15)) put("p", sentence);
  for (const part of parts) {
    if (typeof part === "string") put("p", part);
    else put(...part);
  }
  for (const sentence of filler.slice(15)) put("p", sentence);
  document.documentElement.replaceChild(body, document.body);
  return body;
}

const found = (body: Element, ...said: string[]) => {
  const passage = findPassage(body, { said, about: null });
  return passage && String(passage.range).replace(/\s+/g, " ");
};

const opening = "You can open an account from abroad within ten minutes, if you live in Europe.";

describe("a passage is found", () => {
  it("with the same words, and is marked as exact", () => {
    const body = pageWith(opening);
    expect(findPassage(body, { said: [opening], about: null })).toMatchObject({ exact: true });
  });

  it("with other words", () => {
    expect(
      found(pageWith(opening), "Opening an account from abroad takes ten minutes if you live in Europe."),
    ).toBe(opening);
  });

  it("as the matching sentences of a long paragraph, not as the whole paragraph", () => {
    const body = pageWith(
      `We are a bank. ${opening} Bring a passport and a phone with a camera. We are glad to help.`,
    );
    expect(found(body, `${opening} You need a passport and a phone with a camera.`)).toBe(
      `${opening} Bring a passport and a phone with a camera.`,
    );
  });

  it("across inline elements of a paragraph", () => {
    const body = pageWith("");
    const paragraph = document.createElement("p");
    const strong = document.createElement("strong");
    strong.append("an account from abroad");
    paragraph.append("You can open ", strong, " within ten minutes, if you live in Europe.");
    body.append(paragraph);
    expect(found(body, opening)).toBe(opening);
  });

  it("in a language without spaces", () => {
    const body = pageWith(
      "口座は海外からでも約十分で開設できます。",
      "カードをなくしたときはすぐに電話してください。",
    );
    expect(found(body, "海外からでも口座を約十分で開設することができます。")).toBe(
      "口座は海外からでも約十分で開設できます。",
    );
  });

  it("by the source's description when the answer matches nothing on the page", () => {
    const about = "Opening an account from abroad within ten minutes in Europe.";
    expect(findPassage(pageWith(opening), { said: ["Yes."], about })?.element.textContent).toBe(opening);
  });
});

describe("nothing is found", () => {
  it.each([
    ["a menu", "nav"],
    ["a footer", "footer"],
    ["a script", "script"],
    ["a form's text", "textarea"],
    ["a button", "button"],
    ["our own chat", "customgpt-widget"],
  ])("in %s", (_, tag) => {
    expect(found(pageWith([tag, opening]), opening)).toBeNull();
  });

  it("in hidden text", () => {
    expect(found(pageWith(["p", opening, "hidden"]), opening)).toBeNull();
    vi.spyOn(Element.prototype, "getClientRects").mockReturnValue(Object.assign([], { item: () => null }));
    expect(found(pageWith(opening), opening)).toBeNull();
  });

  it("on a page about another subject that shares only function words", () => {
    expect(
      found(pageWith(opening), "You can see the garden from the window, if you like, within a minute."),
    ).toBeNull();
    expect(found(pageWith(opening), "Yes.", "")).toBeNull();
    expect(found(document.createElement("body"), opening)).toBeNull();
  });
});

it("a passage in closed details leads to their summary", () => {
  const body = pageWith("");
  const details = body.appendChild(document.createElement("details"));
  const summary = details.appendChild(document.createElement("summary"));
  summary.append("May I come from abroad?");
  details.append(opening);
  expect(findPassage(body, { said: [opening], about: null })?.element).toBe(summary);
});
