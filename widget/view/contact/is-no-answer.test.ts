import { expect, it } from "vitest";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import { profileWith, turnWith } from "../testing/chat.tsx";
import { isNoAnswer } from "./is-no-answer.ts";

const noAnswer = "Sorry, I *know nothing* about that. Try the [help](/help).";
const profile = profileWith({ texts: { ...noTexts, noAnswer } });

it.each([
  ["the agent's own words", noAnswer, true],
  [
    "them with other markup, white space and case",
    "sorry, I know  NOTHING\n\nabout that.\nTry the [help](/help).",
    true,
  ],
  ["them in HTML", "<p>Sorry, I <em>know nothing</em> about that. Try the [help](/help).</p>", true],
  ["an answer that only begins with them", `${noAnswer} But the shop opens at nine.`, false],
  ["any other answer", "The shop opens at nine.", false],
  ["no letters at all", "…", false],
])("an answer is recognised as finding nothing by its words: %s", (_, answer, expected) => {
  expect(isNoAnswer(turnWith({ answer }), profile)).toBe(expected);
});

it("without the agent's own text only an empty answer counts as none", () => {
  expect(isNoAnswer(turnWith({ answer: "I found nothing about that." }), profileWith())).toBe(false);
  const empty = turnWith({ answer: "", end: "failed", problem: { code: "no-answer" } });
  expect(isNoAnswer(empty, profileWith())).toBe(true);
  expect(isNoAnswer({ ...empty, problem: { code: "answer-cut" } }, profile)).toBe(false);
});

it("HTML references in an answer are ignored", () => {
  const sorry = profileWith({ texts: { ...noTexts, noAnswer: "I'm sorry, Tom & I know nothing." } });
  expect(isNoAnswer(turnWith({ answer: "I&#039;m sorry, Tom &amp; I know nothing." }), sorry)).toBe(true);
});

it("texts in any script are compared", () => {
  const japanese = profileWith({ texts: { ...noTexts, noAnswer: "見つかりませんでした。" } });
  expect(isNoAnswer(turnWith({ answer: "**見つかりませんでした**。" }), japanese)).toBe(true);
  expect(isNoAnswer(turnWith({ answer: "見つかりました。" }), japanese)).toBe(false);
});
