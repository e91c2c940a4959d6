/** A text that grows must not disturb what the visitor selected in it. */
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { StreamingText } from "./streaming-text.tsx";
import { TextRepairContext } from "./text-repair.tsx";

let place: HTMLElement;

beforeEach(() => {
  place = document.createElement("p");
  document.body.append(place);
});

afterEach(() => {
  render(null, place);
  place.remove();
});

const show = (text: string) => render(<StreamingText text={text} />, place);

it("keeps its node and a selection inside it while it grows", () => {
  show("Hello");
  const node = place.firstChild;
  if (!(node instanceof Text)) throw new Error("No text was drawn.");
  const range = document.createRange();
  range.setStart(node, 1);
  range.setEnd(node, 4);
  const grow = vi.spyOn(node, "appendData");
  show("Hello, world");
  show("Hello, world!");
  // Setting the whole of it would lose the selection in browsers, though not in happy-dom.
  expect(grow.mock.calls).toEqual([[", world"], ["!"]]);
  expect(place.textContent).toBe("Hello, world!");
  expect(place.firstChild).toBe(node);
  expect([range.startContainer, range.startOffset, range.endOffset]).toEqual([node, 1, 4]);
});

it("replaces only what differs when the text turned out otherwise", () => {
  show("see www");
  const node = place.firstChild;
  if (!(node instanceof Text)) throw new Error("No text was drawn.");
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, 3);
  const replace = vi.spyOn(node, "replaceData");
  show("see ");
  expect(replace).toHaveBeenCalledExactlyOnceWith(4, 3, "");
  expect(place.textContent).toBe("see ");
  expect([range.startContainer, range.endOffset]).toEqual([node, 3]);
});

it("grows again after it was drawn empty", () => {
  show("");
  show("a");
  show("ab");
  expect(place.textContent).toBe("ab");
});

it("grows while the page has taken the chat out, as when it replaces its whole body", () => {
  const host = document.createElement("div");
  const box = document.createElement("p");
  host.attachShadow({ mode: "open" }).append(box);
  document.body.append(host);
  const repair = vi.fn<() => void>();
  const value = { watch: () => () => {}, repair };
  const grow = (text: string) =>
    render(
      <TextRepairContext.Provider value={value}>
        <StreamingText text={text} />
      </TextRepairContext.Provider>,
      box,
    );
  grow("Hello");
  host.remove();
  grow("Hello, world");
  expect(box.textContent).toBe("Hello, world");
  render(null, box);
  expect(repair).not.toHaveBeenCalled();
});
