import { expect, it } from "vitest";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import { chatForTests, citationWith, does, renderView, profileWith, turnWith } from "../testing/chat.tsx";
import { conversationMarkdown } from "./conversation-markdown.ts";
import { Header } from "../panel/header.tsx";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "../panel/load-conversation.ts";
import { Toast } from "../ui/toast.tsx";

function talk() {
  const chat = chatForTests();
  chat.conversation.finished.value = [
    turnWith({
      id: "a",
      question: "What is it?",
      answer: "A **chat** [1], as [2] says.",
      citations: [citationWith("1"), citationWith("2", { url: null })],
    }),
    turnWith({ id: "b", question: "And then?", answer: "It", end: "stopped" }),
    turnWith({ id: "c", question: "Now?", answer: "", end: "failed", problem: { code: "answer-cut" } }),
  ];
  return chat;
}

it("a copied conversation has a heading, the disclosure, and every question with its answer and numbered sources", () => {
  expect(conversationMarkdown(talk(), "May 1, 2027")).toBe(`# Conversation with Ada

May 1, 2027

You are talking to an AI, which can make mistakes.

---

**You asked:** What is it?

**Answer:**

A **chat** [1], as [2] says.

Sources

1. Page 1: https://www.example.com/1
2. Page 2

---

**You asked:** And then?

**Answer:**

It

You stopped this answer.

---

**You asked:** Now?

**Answer:**

The answer broke off before it was complete.
`);
});

it("a copied conversation has the owner's own words, and no sources where the owner shows none", () => {
  const chat = talk();
  chat.profile.value = profileWith({
    citations: false,
    texts: { ...noTexts, disclosure: "Ada is a machine.", sources: "Read on" },
  });
  const text = conversationMarkdown(chat, "");
  expect(text).toContain("Ada is a machine.");
  expect(text).not.toMatch(/Read on|example\.com/);
  chat.profile.value = profileWith({ texts: { ...noTexts, disclosure: "", sources: "Read on" } });
  expect(conversationMarkdown(chat, "")).not.toContain("AI");
  expect(conversationMarkdown(chat, "")).toContain("Read on\n\n1. Page 1");
});

it("the menu copies the conversation and says so, and offers it only once there is one", async () => {
  await Promise.all([conversationView.load(), conversationActions.load()]);
  const chat = chatForTests();
  const { named, one } = await renderView(
    chat,
    <>
      <Header />
      <Toast />
    </>,
  );
  await does(() => named("More options").click());
  expect(named("Copy conversation").getAttribute("aria-disabled")).toBe("true");
  expect(named("Print conversation").getAttribute("aria-disabled")).toBe("true");
  await does(() => {
    chat.conversation.finished.value = [turnWith()];
  });
  await does(() => named("Copy conversation").click());
  expect(chat.copy).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("**You asked:** What is it?"));
  await expect.poll(() => one("output").textContent).toBe("Copied");
});

it("the menu does not say that something was copied when the browser refused", async () => {
  await Promise.all([conversationView.load(), conversationActions.load()]);
  const chat = talk();
  chat.copy.mockRejectedValueOnce(new Error("refused"));
  const { named, one } = await renderView(
    chat,
    <>
      <Header />
      <Toast />
    </>,
  );
  await does(() => named("More options").click());
  await does(() => named("Copy conversation").click());
  expect(one("output").textContent).toBe("");
});
