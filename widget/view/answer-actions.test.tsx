import { expect, it } from "vitest";
import { AnswerActions } from "./answer-actions.tsx";
import { chatForTests, does, draw, faceWith, turnWith } from "./chat-for-tests.tsx";

it("copies the answer and says so", async () => {
  const chat = chatForTests();
  const { named, one } = await draw(chat, <AnswerActions turn={turnWith({ answer: "**Yes.**" })} />);
  expect(one("output").textContent).toBe("");
  await does(() => named("Copy answer").click());
  expect(chat.copy).toHaveBeenCalledExactlyOnceWith("**Yes.**");
  expect(one("output").textContent).toBe("Copied");
});

it("says nothing when the browser refuses to copy", async () => {
  const chat = chatForTests();
  chat.copy.mockRejectedValueOnce(new Error("refused"));
  const { named, one } = await draw(chat, <AnswerActions turn={turnWith()} />);
  await does(() => named("Copy answer").click());
  expect(one("output").textContent).toBe("");
});

it("rates with a thumb, and takes the rating back with the same one", async () => {
  const chat = chatForTests();
  const { named } = await draw(chat, <AnswerActions turn={turnWith({ id: "t", reaction: "liked" })} />);
  expect(named("Good answer").getAttribute("aria-pressed")).toBe("true");
  expect(named("Bad answer").getAttribute("aria-pressed")).toBe("false");
  await does(() => named("Bad answer").click());
  expect(chat.conversation.rate).toHaveBeenLastCalledWith("t", "disliked");
  await does(() => named("Good answer").click());
  expect(chat.conversation.rate).toHaveBeenLastCalledWith("t", "neutral");
});

it("has no thumbs for an answer that cannot be rated, or where the owner wants none", async () => {
  const unrated = await draw(chatForTests(), <AnswerActions turn={turnWith({ message: null })} />);
  expect(unrated.all("[part=feedback]")).toHaveLength(0);
  const chat = chatForTests();
  chat.face.value = faceWith({ feedback: false });
  expect((await draw(chat, <AnswerActions turn={turnWith()} />)).all("[part=feedback]")).toHaveLength(0);
});
