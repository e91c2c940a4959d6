import type { Signal } from "@preact/signals";
import { expect, it, vi } from "vitest";
import { chatForTests, citationWith, does, renderView, streamingTurn, turnWith } from "../testing/chat.tsx";
import * as conversationView from "../conversation.lazy.ts";
import type { ViewState } from "../view-loader.ts";
import { Transcript } from "./transcript.tsx";

const parts = await vi.hoisted(async () => {
  const { signal } = await import("@preact/signals");
  const state: Signal<ViewState<typeof conversationView>> = signal("loading");
  return { state, load: vi.fn<() => Promise<void>>(() => Promise.resolve()) };
});
vi.mock("./load-conversation.ts", () => ({ conversationView: parts }));

it("an answer that arrives before its view is rendered once the view is loaded", async () => {
  parts.state.value = "loading";
  const chat = chatForTests();
  const streaming = streamingTurn();
  streaming.phase.value = "answering";
  streaming.answer.value = "It is";
  chat.conversation.streaming.value = streaming;
  const { one, all } = await renderView(chat, <Transcript />);
  expect(all(".loading")).toHaveLength(1);
  await does(() => {
    parts.state.value = conversationView;
  });
  expect(all(".loading")).toHaveLength(0);
  expect(one("[part=answer]").textContent).toContain("It is");
});

it("a conversation whose view cannot be loaded streams as plain text and shows problems", async () => {
  parts.state.value = "failed";
  const chat = chatForTests();
  const streaming = streamingTurn("b");
  streaming.phase.value = "answering";
  streaming.answer.value = "**It";
  chat.conversation.finished.value = [
    turnWith({ id: "a", answer: "", end: "failed", problem: { code: "offline" } }),
  ];
  chat.conversation.streaming.value = streaming;
  const { all, place } = await renderView(chat, <Transcript />);
  expect(place.textContent).toContain("You seem to be offline.");
  await does(() => {
    streaming.answer.value = "**It** is";
  });
  expect(all("[part=answer]").map((answer) => answer.textContent)).toEqual(["", "**It** is"]);
  expect(all("[aria-busy=true]")).toHaveLength(1);
});

it("a question that waits for a network says so once, and its view is fetched when it is sent", async () => {
  parts.state.value = "failed";
  const chat = chatForTests();
  const waiting = streamingTurn();
  waiting.phase.value = "offline";
  chat.conversation.streaming.value = waiting;
  const { all } = await renderView(chat, <Transcript />);
  expect(all("[part=notice]").map((notice) => notice.textContent)).toEqual([
    expect.stringContaining("You seem to be offline."),
  ]);
  parts.load.mockClear();
  await does(() => {
    waiting.phase.value = "waiting";
  });
  expect(parts.load).toHaveBeenCalledOnce();
});

it("nothing is fetched before a conversation starts", async () => {
  parts.state.value = "loading";
  parts.load.mockClear();
  await renderView(chatForTests(), <Transcript />);
  expect(parts.load).not.toHaveBeenCalled();
});

it("a file that could not be fetched is requested again with the next question", async () => {
  parts.state.value = "failed";
  const chat = chatForTests();
  await renderView(chat, <Transcript />);
  parts.load.mockClear();
  await does(() => {
    chat.conversation.streaming.value = streamingTurn();
  });
  expect(parts.load).toHaveBeenCalledOnce();
});

it("following a citation mark reports the opened source to the page", async () => {
  parts.state.value = conversationView;
  const chat = chatForTests();
  const citation = citationWith("1");
  chat.conversation.finished.value = [turnWith({ answer: "Yes [1].", citations: [citation] })];
  const { one } = await renderView(chat, <Transcript />);
  const marker = one("[part=answer] a");
  marker.addEventListener("click", (event) => event.preventDefault());
  await does(() => marker.click());
  expect(chat.citationOpened).toHaveBeenCalledExactlyOnceWith(citation);
});

it("a question is shown before its view is loaded; stored turns do not flash up as plain text", async () => {
  parts.state.value = "loading";
  const chat = chatForTests();
  chat.conversation.finished.value = [turnWith({ question: "Before?" })];
  const { place, one } = await renderView(chat, <Transcript />);
  expect(place.textContent).toBe("Fetching your conversation…");
  await does(() => {
    chat.conversation.streaming.value = { ...streamingTurn("turn-2"), question: "And now?" };
  });
  expect(one("[part=message]").textContent).toBe("And now?");
  expect(place.textContent).not.toContain("Before?");
  expect(one(".loading").textContent).toBe("Looking for the answer…");
});

it("without the view, the answer is shown with a button that loads it", async () => {
  parts.state.value = "failed";
  const chat = chatForTests();
  chat.conversation.finished.value = [turnWith({ answer: "**It** is." })];
  const { one } = await renderView(chat, <Transcript />);
  expect(one("[part=answer]").textContent).toBe("**It** is.");
  parts.load.mockClear();
  await does(() => one("[part=notice] button").click());
  expect(parts.load).toHaveBeenCalledOnce();
});

it("focus and loading text stay when the view replaces the plain text", async () => {
  parts.state.value = "loading";
  const chat = chatForTests();
  chat.conversation.streaming.value = streamingTurn();
  const { one, all } = await renderView(chat, <Transcript />);
  one("[part=transcript]").focus();
  await does(() => {
    parts.state.value = conversationView;
  });
  expect(document.activeElement).toBe(one("[part=transcript]"));
  expect(all(".seen .loading-text")).toHaveLength(1);
});
