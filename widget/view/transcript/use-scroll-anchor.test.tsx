import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { chatForTests, does, renderView, streamingTurn, turnWith } from "../testing/chat.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { Transcript } from "../panel/transcript.tsx";

/** What the observers of the newest turn report in a browser with layout. */
let seesEnd: (top: number, bottomOfFrame: number) => void;
let grows: () => void;
const scrolledBy = vi.fn<(where: ScrollToOptions) => void>();

beforeEach(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: (entries: object[]) => void) {
        seesEnd = (top, bottom) => callback([{ boundingClientRect: { top }, rootBounds: { bottom } }]);
      }
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: () => void) {
        grows = callback;
      }
      observe() {}
      disconnect() {}
    },
  );
  scrolledBy.mockClear();
  vi.spyOn(HTMLElement.prototype, "offsetTop", "get").mockReturnValue(640);
  vi.spyOn(Element.prototype, "scrollBy").mockImplementation((where) => {
    if (typeof where === "object") scrolledBy(where);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function transcript() {
  await Promise.all([conversationView.load(), conversationActions.load()]);
  const chat = chatForTests();
  chat.conversation.finished.value = [turnWith()];
  const view = await renderView(chat, <Transcript />);
  return { chat, ...view };
}

it("a stored conversation opens at its last question, without an animation", async () => {
  await transcript();
  expect(scrolledBy).toHaveBeenCalledExactlyOnceWith({ top: 640, behavior: "instant" });
});

it("a new question slides to the top, and nothing moves while its answer streams and finishes", async () => {
  const { chat } = await transcript();
  scrolledBy.mockClear();
  const streaming = streamingTurn("turn-2");
  await does(() => {
    chat.conversation.streaming.value = streaming;
  });
  expect(scrolledBy).toHaveBeenCalledExactlyOnceWith({ top: 640, behavior: "auto" });
  await does(() => {
    streaming.phase.value = "answering";
    streaming.answer.value = "It is";
  });
  grows();
  await does(() => {
    chat.conversation.finished.value = [turnWith(), turnWith({ id: "turn-2" })];
    chat.conversation.streaming.value = null;
  });
  expect(scrolledBy).toHaveBeenCalledOnce();
});

it("the button to the latest is there only while the end is out of view", async () => {
  const { all } = await transcript();
  expect(all(".latest")).toHaveLength(0);
  await does(() => seesEnd(900, 600));
  expect(all(".latest")).toHaveLength(1);
  await does(() => seesEnd(500, 600));
  expect(all(".latest")).toHaveLength(0);
});

it("the button to the latest follows the answer until the reader scrolls up", async () => {
  const { named, one } = await transcript();
  scrolledBy.mockClear();
  await does(() => seesEnd(900, 600));
  await does(() => named("Go to the latest").click());
  expect(scrolledBy).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(one("[part=transcript]"));
  grows();
  expect(scrolledBy).toHaveBeenCalledTimes(2);

  const frame = one("[part=transcript]");
  frame.scrollTop = 300;
  frame.dispatchEvent(new Event("scroll"));
  frame.scrollTop = 200;
  frame.dispatchEvent(new Event("scroll"));
  grows();
  expect(scrolledBy).toHaveBeenCalledTimes(2);
});
