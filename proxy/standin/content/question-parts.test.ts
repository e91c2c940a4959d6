/** Taking a message apart, and leaving together what is one question. */
import { expect, test } from "vitest";
import { asksYesOrNo, namedTogether, questionParts } from "./question-parts.ts";

test.each([
  [
    "What does it cost, and can I use it with WordPress?",
    ["What does it cost", "can I use it with WordPress?"],
  ],
  ["Is it free? Which browsers are supported?", ["Is it free?", "Which browsers are supported?"]],
  ["Was kostet das und funktioniert es mit Docker", ["Was kostet das", "funktioniert es mit Docker"]],
  ["what does it cost\nis there docker", ["what does it cost", "is there docker"]],
  ["Does it need Node? And what's the price?", ["Does it need Node?", "And what's the price?"]],
])("finds two questions in “%s”", (message, parts) => {
  expect(questionParts(message)).toEqual(parts);
});

test.each([
  "How do I change the colour and the position?",
  "Does it work with Next.js and Vue?",
  "Do I need Node 20.19 or newer",
  "wordpress",
  "???",
])("leaves “%s” in one piece", (message) => {
  expect(questionParts(message)).toEqual([message]);
});

test("keeps what names nothing with the question before it", () => {
  expect(questionParts("Where is my API key and who can see it?")).toEqual([
    "Where is my API key who can see it?",
  ]);
});

test("leaves out what only tells something, unless nothing is asked", () => {
  expect(questionParts("I have a bakery. How do I add the chat?")).toEqual(["How do I add the chat?"]);
  expect(questionParts("Bakery chat. Wordpress.")).toEqual(["Bakery chat.", "Wordpress."]);
});

test("takes the first four questions of a long message", () => {
  expect(questionParts("Is there docker? ".repeat(9))).toHaveLength(4);
});

test("things named side by side", () => {
  expect(namedTogether("price and docker")).toEqual(["price", "docker"]);
  expect(namedTogether("Shopify, Wix or Ghost")).toEqual(["Shopify", "Wix", "Ghost"]);
});

test("knows which questions yes or no answers", () => {
  expect(asksYesOrNo("Is there a plugin?")).toBe(true);
  expect(asksYesOrNo("How do I add a plugin?")).toBe(false);
  expect(asksYesOrNo("island")).toBe(false);
});
