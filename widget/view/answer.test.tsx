import type { Signal } from "@preact/signals";
import { expect, it, vi } from "vitest";
import { Answer } from "./answer.tsx";
import * as answerParts from "./answer-parts.ts";
import { chatForTests, citationWith, does, draw, growingTurn, turnWith } from "./chat-for-tests.tsx";
import type { PartsState } from "./load-parts.ts";

const parts = await vi.hoisted(async () => {
  const { signal } = await import("@preact/signals");
  const state: Signal<PartsState> = signal("coming");
  return { state };
});
vi.mock("./load-parts.ts", () => ({ answerParts: parts }));

it("an answer that comes before its parts do waits for them, and is then drawn", async () => {
  parts.state.value = "coming";
  const growing = growingTurn();
  growing.phase.value = "answering";
  growing.answer.value = "It is";
  const { one, all } = await draw(chatForTests(), <Answer turn={growing} />);
  expect(all(".waiting")).toHaveLength(1);
  expect(one("[part=answer]").textContent).toBe("");
  await does(() => {
    parts.state.value = answerParts;
  });
  expect(all(".waiting")).toHaveLength(0);
  expect(one("[part=answer]").textContent).toContain("It is");
});

it("an answer whose parts cannot be fetched is shown as plain text, and goes on growing", async () => {
  parts.state.value = "missing";
  const growing = growingTurn();
  growing.phase.value = "answering";
  growing.answer.value = "**It";
  const { one } = await draw(chatForTests(), <Answer turn={growing} />);
  expect(one("[part=answer]").textContent).toBe("**It");
  await does(() => {
    growing.answer.value = "**It** is";
  });
  expect(one("[part=answer]").textContent).toBe("**It** is");
});

it("following a marker in the text tells the page which source was opened", async () => {
  parts.state.value = answerParts;
  const chat = chatForTests();
  const citation = citationWith("1");
  const { one } = await draw(chat, <Answer turn={turnWith({ answer: "Yes [1].", citations: [citation] })} />);
  const marker = one("[part=answer] a");
  marker.addEventListener("click", (event) => event.preventDefault());
  await does(() => marker.click());
  expect(chat.citationOpened).toHaveBeenCalledExactlyOnceWith(citation);
});
