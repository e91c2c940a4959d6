import { beforeEach, expect, it, vi } from "vitest";
import { chatForTests, does, draw, growingTurn, turnWith } from "./chat-for-tests.tsx";

// Each test begins like a fresh page, on which nothing has been fetched.
beforeEach(() => {
  vi.resetModules();
  vi.doUnmock("./answer-parts.ts");
});

it("an answer that comes before its parts do waits for them, and is then drawn", async () => {
  const { fetchParts } = await import("./load-parts.ts");
  const { Answer } = await import("./answer.tsx");
  const { ChatProvider } = await import("./chat-context.ts");
  const chat = chatForTests();
  const growing = growingTurn();
  growing.phase.value = "answering";
  growing.answer.value = "It is";
  const { one, all } = await draw(
    chat,
    <ChatProvider value={chat}>
      <Answer turn={growing} />
    </ChatProvider>,
  );
  expect(all(".waiting")).toHaveLength(1);
  await does(() => {});
  await fetchParts();
  await does(() => {});
  expect(all(".waiting")).toHaveLength(0);
  expect(one("[part=answer]").textContent).toContain("It is");
});

it("an answer whose parts cannot be fetched is shown as plain text, and a later try can still succeed", async () => {
  vi.doMock("./answer-parts.ts", () => {
    throw new Error("offline");
  });
  const { answerParts, fetchParts } = await import("./load-parts.ts");
  const { Answer } = await import("./answer.tsx");
  const { ChatProvider } = await import("./chat-context.ts");
  const chat = chatForTests();
  const { one } = await draw(
    chat,
    <ChatProvider value={chat}>
      <Answer turn={turnWith({ answer: "**It** is" })} />
    </ChatProvider>,
  );
  await fetchParts();
  await does(() => {});
  expect(answerParts.value).toBe("missing");
  expect(one("[part=answer]").textContent).toBe("**It** is");

  vi.doUnmock("./answer-parts.ts");
  await fetchParts();
  await does(() => {});
  expect(one("[part=answer]").querySelector(".plain")).toBeNull();
});
