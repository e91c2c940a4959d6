/** What a visitor sees of code and tables before the file with their extras has come, and afterwards. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { englishConversation } from "../../../i18n/locales/en.conversation.ts";
import { english } from "../../../i18n/locales/en.ts";
import { AnswerText } from "../answer-markdown.tsx";
import { extras } from "./load-extras.ts";

const texts = { ...englishConversation, ...english };
const file = vi.hoisted(() => ({ isThere: true }));
vi.mock("./extras.lazy.ts", (original) => {
  if (!file.isThere) throw new Error("The file cannot be had.");
  return original();
});

let root: ShadowRoot;
let place: HTMLElement;
/** Called as the browser does when a size has changed. */
let resized: (() => void)[] = [];

beforeEach(() => {
  resized = [];
  extras.value = null;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(hear: () => void) {
        resized.push(hear);
      }
      observe() {}
      disconnect() {}
    },
  );
  root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  place = root.appendChild(document.createElement("div"));
});

afterEach(async () => {
  // What a test has begun to fetch must not come in the next.
  await vi.dynamicImportSettled();
  render(null, place);
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

async function show(source: string) {
  const linkTarget = { here: "https://page.example/", follow() {} };
  const copy = () => Promise.resolve();
  await act(() =>
    render(
      <AnswerText
        source={source}
        streaming={false}
        citations={[]}
        texts={texts}
        linkTarget={linkTarget}
        copy={copy}
      />,
      place,
    ),
  );
}

const nodes = () =>
  [...place.querySelectorAll("pre, code, span, table, td")].flatMap((each) => [each, each.firstChild]);
const buttons = () => place.querySelectorAll("button").length;

// First, since a file that has come stays.
it("nothing is lost where the file cannot be had, and the next code tries again", async () => {
  file.isThere = false;
  await show("```js\nlet a = 1\n```");
  await vi.dynamicImportSettled();
  file.isThere = true;
  expect(buttons()).toBe(0);
  expect(place.textContent).toBe("let a = 1\n");
  await show("```js\nlet a = 1\n```\n\n```js\nlet b = 2\n```");
  await expect.poll(() => buttons()).toBe(2);
});

it("code and tables are there at once, and keep every node when their extras come", async () => {
  await show("```js\nlet a = 1\n```\n\n| a |\n|-|\n| b |");
  const before = nodes();
  expect(place.textContent).toBe("let a = 1\nab");
  expect(buttons()).toBe(0);
  await expect.poll(() => buttons()).toBe(1);
  expect(nodes().slice(0, before.length)).toEqual(before);
  expect(root.adoptedStyleSheets).toHaveLength(1);
});

it("an answer without code and tables fetches nothing", async () => {
  await show("Some *words*\n\n- a [link](https://a.example) `x`");
  await vi.dynamicImportSettled();
  expect(extras.value).toBeNull();
});

it("what is wider than its room can be scrolled by keyboard and says so, until there is room", async () => {
  await show("| a |\n|-|\n| b |");
  const table = place.querySelector(".table");
  await expect.poll(() => resized).toHaveLength(1);
  const width = vi.spyOn(HTMLElement.prototype, "scrollWidth", "get").mockReturnValue(900);
  resized.forEach((hear) => hear());
  expect(table?.outerHTML).toContain(`role="group" aria-label="${texts.scrollable}" tabindex="0"`);
  width.mockReturnValue(0);
  resized.forEach((hear) => hear());
  expect(table?.getAttributeNames()).toEqual(["class"]);
  width.mockRestore();
});
