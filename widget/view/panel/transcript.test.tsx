import type { Signal } from "@preact/signals";
import { expect, it, vi } from "vitest";
import { chatForTests, citationWith, does, draw, growingTurn, turnWith } from "../testing/chat.tsx";
import * as conversationView from "../conversation.lazy.ts";
import type { ViewState } from "../view-loader.ts";
import { Transcript } from "./transcript.tsx";

const parts = await vi.hoisted(async () => {
  const { signal } = await import("@preact/signals");
  const state: Signal<ViewState<typeof conversationView>> = signal("coming");
  return { state, load: vi.fn<() => Promise<void>>(() => Promise.resolve()) };
});
vi.mock("./load-conversation.ts", () => ({ conversationView: parts }));

it("an answer that comes before its parts do waits for them, and is then drawn", async () => {
  parts.state.value = "coming";
  const chat = chatForTests();
  const growing = growingTurn();
  growing.phase.value = "answering";
  growing.answer.value = "It is";
  chat.conversation.streaming.value = growing;
  const { one, all } = await draw(chat, <Transcript />);
  expect(all(".waiting")).toHaveLength(1);
  await does(() => {
    parts.state.value = conversationView;
  });
  expect(all(".waiting")).toHaveLength(0);
  expect(one("[part=answer]").textContent).toContain("It is");
});

it("a conversation whose parts cannot be fetched is shown as plain text, grows, and says what went wrong", async () => {
  parts.state.value = "missing";
  const chat = chatForTests();
  const growing = growingTurn("b");
  growing.phase.value = "answering";
  growing.answer.value = "**It";
  chat.conversation.finished.value = [
    turnWith({ id: "a", answer: "", end: "failed", problem: { code: "offline" } }),
  ];
  chat.conversation.streaming.value = growing;
  const { all, place } = await draw(chat, <Transcript />);
  expect(place.textContent).toContain("You seem to be offline.");
  await does(() => {
    growing.answer.value = "**It** is";
  });
  expect(all("[part=answer]").map((answer) => answer.textContent)).toEqual(["", "**It** is"]);
  expect(all("[aria-busy=true]")).toHaveLength(1);
});

it("nothing is fetched for a conversation that nobody has begun", async () => {
  parts.state.value = "coming";
  parts.load.mockClear();
  await draw(chatForTests(), <Transcript />);
  expect(parts.load).not.toHaveBeenCalled();
});

it("what could not be fetched is asked for again with the next question", async () => {
  parts.state.value = "missing";
  const chat = chatForTests();
  await draw(chat, <Transcript />);
  parts.load.mockClear();
  await does(() => {
    chat.conversation.streaming.value = growingTurn();
  });
  expect(parts.load).toHaveBeenCalledOnce();
});

it("following a marker in the text tells the page which source was opened", async () => {
  parts.state.value = conversationView;
  const chat = chatForTests();
  const citation = citationWith("1");
  chat.conversation.finished.value = [turnWith({ answer: "Yes [1].", citations: [citation] })];
  const { one } = await draw(chat, <Transcript />);
  const marker = one("[part=answer] a");
  marker.addEventListener("click", (event) => event.preventDefault());
  await does(() => marker.click());
  expect(chat.citationOpened).toHaveBeenCalledExactlyOnceWith(citation);
});

it("a question stands there before the parts do, and what was there before is not shown for a moment only", async () => {
  parts.state.value = "coming";
  const chat = chatForTests();
  chat.conversation.finished.value = [turnWith({ question: "Before?" })];
  const { place, one } = await draw(chat, <Transcript />);
  expect(place.textContent).toBe("Fetching your conversation…");
  await does(() => {
    chat.conversation.streaming.value = { ...growingTurn("turn-2"), question: "And now?" };
  });
  expect(one("[part=message]").textContent).toBe("And now?");
  expect(place.textContent).not.toContain("Before?");
  expect(one(".waiting").textContent).toBe("Looking for the answer…");
});

it("where the parts are missing, the answer is there with a button that fetches them", async () => {
  parts.state.value = "missing";
  const chat = chatForTests();
  chat.conversation.finished.value = [turnWith({ answer: "**It** is." })];
  const { one } = await draw(chat, <Transcript />);
  expect(one("[part=answer]").textContent).toBe("**It** is.");
  parts.load.mockClear();
  await does(() => one("[part=notice] button").click());
  expect(parts.load).toHaveBeenCalledOnce();
});

it("the reader's focus stays in the transcript when it is drawn properly, and words of waiting do not go away", async () => {
  parts.state.value = "coming";
  const chat = chatForTests();
  chat.conversation.streaming.value = growingTurn();
  const { one, all } = await draw(chat, <Transcript />);
  one("[part=transcript]").focus();
  await does(() => {
    parts.state.value = conversationView;
  });
  expect(document.activeElement).toBe(one("[part=transcript]"));
  expect(all(".seen .waiting-words")).toHaveLength(1);
});
