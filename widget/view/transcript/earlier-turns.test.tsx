/** Conversation of a thousand turns: the latest are shown at once, earlier ones are added without moving the text. */
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { chatForTests, does, renderView, streamingTurn, turnWith } from "../testing/chat.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { Transcript } from "../panel/transcript.tsx";

const many = (count: number, name = "turn") =>
  Array.from({ length: count }, (_, at) => turnWith({ id: `${name}-${at}`, question: `${name} ${at}` }));

beforeEach(async () => {
  await Promise.all([conversationView.load(), conversationActions.load()]);
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function conversation(count: number) {
  const chat = chatForTests();
  chat.conversation.finished.value = many(count);
  const view = await renderView(chat, <Transcript />);
  const questions = () => view.all(".question").map((each) => each.textContent);
  return { chat, questions, ...view };
}

const pass = (milliseconds: number) =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });

it("renders its latest turns first, then the earlier ones in order", async () => {
  const { questions } = await conversation(50);
  expect(questions()).toEqual(["turn 48", "turn 49"]);
  for (let round = 0; round < 30; round++) await pass(30);
  expect(questions()).toEqual(many(50).map((turn) => turn.question));
});

it("renders its first turns only when the reader scrolls near them", async () => {
  const { questions, one } = await conversation(90);
  const frame = one("[part=transcript]");
  vi.spyOn(frame, "clientHeight", "get").mockReturnValue(500);
  frame.scrollTop = 9000;
  for (let round = 0; round < 50; round++) await pass(30);
  expect(questions()).toHaveLength(60);
  frame.scrollTop = 900;
  frame.dispatchEvent(new Event("scroll"));
  for (let round = 0; round < 20; round++) await pass(30);
  expect(questions()).toEqual(many(90).map((turn) => turn.question));
});

it("keeps the scroll position while earlier turns are added above", async () => {
  const { one, questions } = await conversation(20);
  const moved = vi.spyOn(one("[part=transcript]"), "scrollBy").mockImplementation(() => {});
  const above = () => questions().length * 100;
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return new DOMRect(0, this.textContent.includes("turn 18") ? above() : 0, 100, 100);
  });
  await pass(30);
  expect(questions()).toHaveLength(4);
  expect(moved).toHaveBeenCalledExactlyOnceWith({ top: 200, behavior: "instant" });
});

it("keeps its elements when a question is asked, whether all earlier ones are there or not", async () => {
  const { chat, all, questions } = await conversation(33);
  await pass(30);
  const before = all(".turn");
  await does(() => {
    chat.conversation.streaming.value = streamingTurn("new");
  });
  expect(before.every((turn) => turn.isConnected)).toBe(true);
  expect(questions().slice(-2)).toEqual(["turn 32", "What is it?"]);
});

it("renders no turn again when the visitor types or asks", async () => {
  const { chat, all } = await conversation(2);
  const answers = all("[part=answer]");
  let changes = 0;
  const watcher = new MutationObserver((records) => (changes += records.length));
  for (const answer of answers)
    watcher.observe(answer, { subtree: true, childList: true, attributes: true, characterData: true });
  await does(() => {
    chat.conversation.streaming.value = streamingTurn("new");
  });
  expect(changes + watcher.takeRecords().length).toBe(0);
});

it("starts from the end again when an earlier conversation arrives late", async () => {
  const { chat, questions } = await conversation(2);
  await does(() => {
    chat.conversation.finished.value = [...many(50, "earlier"), ...many(2)];
  });
  expect(questions()).toEqual(["turn 0", "turn 1"]);
  for (let round = 0; round < 60; round++) await pass(30);
  expect(questions()).toHaveLength(52);
});
