import { afterEach, expect, it, vi } from "vitest";
import { chatForTests, does, renderView } from "../testing/chat.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { mountPanel } from "../mount.tsx";
import { handlerError } from "./contain-handlers.ts";

await Promise.all([conversationView.load(), conversationActions.load()]);

afterEach(() => {
  vi.restoreAllMocks();
});

it("an error in an event handler shows a notice that can be dismissed, and is logged", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const chat = chatForTests();
  chat.starters.value = ["What is it?"];
  chat.conversation.ask.mockImplementation(() => {
    throw new Error("no asking");
  });
  const place = document.createElement("div");
  document.body.append(place);
  await does(() => void mountPanel(place, chat));
  const button = (of: string) =>
    place.querySelector<HTMLElement>(`[part=${of}]${of === "notice" ? " button" : ""}`);
  await does(() => button("starter")?.click());
  expect(place.querySelector("[part=notice]")?.textContent).toContain("can’t be reached");
  expect(logged).toHaveBeenCalledExactlyOnceWith("customgpt-widget:", new Error("no asking"));
  await does(() => button("notice")?.click());
  expect(place.querySelector("[part=notice]")).toBeNull();
});

it("a rejected promise of an event handler shows a notice as well", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const heard: string[] = [];
  const { one } = await renderView(
    chatForTests(),
    <button type="button" onClick={() => Promise.reject(new Error("no copying"))}>
      do
    </button>,
  );
  one("button").addEventListener(handlerError, ({ type }) => heard.push(type));
  await does(() => one("button").click());
  expect(heard).toEqual([handlerError]);
});

it("an event handler keeps its event and its element", async () => {
  const seen: unknown[] = [];
  const { one } = await renderView(
    chatForTests(),
    <button type="button" onClick={(event) => seen.push(event.currentTarget)}>
      do
    </button>,
  );
  await does(() => one("button").click());
  expect(seen).toEqual([one("button")]);
});
