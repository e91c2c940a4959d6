import { expect, it } from "vitest";
import { Announcer } from "../a11y/announcer.tsx";
import { AnswerActions } from "./answer-actions.tsx";
import { chatForTests, does, renderView, profileWith, turnWith } from "../testing/chat.tsx";

async function actions(chat = chatForTests()) {
  const { named, one } = await renderView(
    chat,
    <>
      <AnswerActions turn={turnWith({ answer: "**Yes.**" })} />
      <Announcer />
    </>,
  );
  return { chat, named, said: () => one("[aria-live=polite]").textContent };
}

it("copies the answer and says so, each time", async () => {
  const { chat, named, said } = await actions();
  expect(said()).toBe("");
  for (const times of [1, 2]) {
    await does(() => named("Copy answer").click());
    expect(chat.copy).toHaveBeenCalledTimes(times);
    expect(chat.copy).toHaveBeenLastCalledWith("**Yes.**");
    expect(said()).toBe("");
    await expect.poll(() => said()).toBe("Copied");
  }
});

it("says nothing when the browser refuses to copy", async () => {
  const chat = chatForTests();
  chat.copy.mockRejectedValueOnce(new Error("refused"));
  const { named, said } = await actions(chat);
  await does(() => named("Copy answer").click());
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(said()).toBe("");
});

it("rates with a thumb, and withdraws the rating with a second press", async () => {
  const chat = chatForTests();
  const { named } = await renderView(chat, <AnswerActions turn={turnWith({ id: "t", reaction: "liked" })} />);
  expect(named("Good answer").getAttribute("aria-pressed")).toBe("true");
  expect(named("Bad answer").getAttribute("aria-pressed")).toBe("false");
  await does(() => named("Bad answer").click());
  expect(chat.conversation.rate).toHaveBeenLastCalledWith("t", "disliked");
  await does(() => named("Good answer").click());
  expect(chat.conversation.rate).toHaveBeenLastCalledWith("t", "neutral");
});

it("has no thumbs for an answer that cannot be rated, or where the owner wants none", async () => {
  const unrated = await renderView(chatForTests(), <AnswerActions turn={turnWith({ message: null })} />);
  expect(unrated.all("[part=feedback]")).toHaveLength(0);
  const chat = chatForTests();
  chat.profile.value = profileWith({ feedback: false });
  expect((await renderView(chat, <AnswerActions turn={turnWith()} />)).all("[part=feedback]")).toHaveLength(
    0,
  );
});
