import { describe, expect, it } from "vitest";
import { createConversation } from "./create-conversation.ts";
import { answerOf, eventsOf, ref, scriptedProxy } from "./testing/scripted-proxy.ts";
import type { Fate } from "./testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "./testing/scripted-environment.ts";
import type { StoredConversation } from "./environment.ts";

const words = "It costs **ten** euros a month. 🎉 Naïve? No.";

function setUp(answers = [answerOf(words)], fates: Fate[] = [], kept: StoredConversation | null = null) {
  const proxy = scriptedProxy(answers, fates);
  const { world, state } = scriptedWorld(proxy.transport, { value: kept });
  const asked: string[] = [];
  const conversation = createConversation(world, { onQuestion: ({ question }) => asked.push(question) });
  return { proxy, world, state, asked, conversation };
}

describe("an answer", () => {
  it("grows word by word, and is then frozen", async () => {
    const { conversation, proxy } = setUp();
    const seen: string[] = [];
    conversation.streaming.subscribe((turn) => turn?.answer.subscribe((text) => seen.push(text)));
    conversation.ask("  What does it cost? ");
    expect(conversation.streaming.value?.phase.value).toBe("waiting");
    await settleDown();
    expect(conversation.streaming.value).toBeNull();
    expect(seen.slice(0, 4)).toEqual(["", "It ", "It costs ", "It costs **ten** "]);
    expect(conversation.finished.value).toMatchObject([
      { question: "What does it cost?", answer: words, end: "answered", message: "m1", reaction: "neutral" },
    ]);
    expect(conversation.finished.value[0]?.citations[0]?.title).toBe("Prices");
    expect(proxy.calls).toEqual(["ask new t1"]);
  });

  it("is complete and asked once, with the connection cut anywhere", async () => {
    const count = answerOf(words).length;
    for (let cut = 0; cut < count; cut++) {
      const { conversation, proxy } = setUp([answerOf(words)], [{ events: cut }]);
      conversation.ask("Cost?");
      await settleDown();
      expect(conversation.finished.value).toMatchObject([{ answer: words, end: "answered", message: "m1" }]);
      expect(proxy.begun).toHaveLength(1);
      expect(proxy.calls[1]).toBe(cut === 0 ? "ask new t1" : `resume c1 t1 after ${cut}`);
    }
  });

  it("is complete and asked once, with the connection cut repeatedly", async () => {
    const fates = answerOf(words).map((): Fate => ({ events: 1 }));
    const { conversation, proxy } = setUp([answerOf(words)], fates);
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value[0]?.answer).toBe(words);
    expect(proxy.begun).toHaveLength(1);
  });

  it("is not asked twice when the network fails after the proxy accepted the question", async () => {
    const { conversation, proxy } = setUp([answerOf(words)], ["lost-after-taking", "unreachable"]);
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value[0]?.answer).toBe(words);
    expect(proxy.calls).toEqual(["ask new t1", "ask new t1", "ask new t1"]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("is shown as reconnecting after a cut, and continues afterwards", async () => {
    const { conversation } = setUp([answerOf(words)], [{ events: 3 }]);
    const phases: string[] = [];
    conversation.streaming.subscribe((turn) => turn?.phase.subscribe((phase) => phases.push(phase)));
    conversation.ask("Cost?");
    await settleDown();
    expect(phases).toEqual(["waiting", "answering", "reconnecting", "answering"]);
  });

  it("is found in the transcript when the proxy restarts during it", async () => {
    const { conversation, proxy, state } = setUp([answerOf(words)], [{ events: 3 }]);
    state.whilePausing = () => {
      proxy.restart();
      proxy.stored.push({
        message: "m9",
        prompt: "Cost?",
        answer: words,
        citations: [],
        reaction: "neutral",
      });
    };
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { id: "t1", answer: words, message: "m9", end: "answered" },
    ]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("that the agent still writes after a restart of the proxy is waited for", async () => {
    const { conversation, proxy, state } = setUp([answerOf(words)], [{ events: 3 }]);
    let pauses = 0;
    state.whilePausing = () => {
      proxy.restart();
      if (++pauses === 3)
        proxy.stored.push({
          message: "m9",
          prompt: "Cost?",
          answer: words,
          citations: [],
          reaction: "neutral",
        });
    };
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ answer: words, message: "m9", end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("that is lost fails as cut, with its text so far, and is asked again on retry", async () => {
    const { conversation, proxy, state } = setUp([answerOf(words), answerOf("Ten.")], [{ events: 3 }]);
    state.whilePausing = () => {
      proxy.restart();
    };
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { answer: "It costs ", end: "failed", problem: { code: "answer-cut" } },
    ]);
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t2", answer: "Ten.", end: "answered" }]);
    expect(proxy.begun.map((each) => each.turn)).toEqual(["t1", "t2"]);
  });
});

describe("a question", () => {
  it("that is blank, or asked during an answer, is not sent", async () => {
    const { conversation, proxy, asked } = setUp();
    conversation.ask("   ");
    conversation.ask("Cost?");
    conversation.ask("And now?");
    await settleDown();
    expect(proxy.begun.map((each) => each.prompt)).toEqual(["Cost?"]);
    expect(asked).toEqual(["Cost?"]);
  });

  it("is sent to the conversation of the one before", async () => {
    const { conversation, proxy } = setUp([answerOf(words), answerOf("Yes.", "m2")]);
    conversation.ask("Cost?");
    await settleDown();
    conversation.ask("Sure?");
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1", "ask c1 t2"]);
  });

  it("starts a new conversation when the old one has expired, and the old turns stay visible", async () => {
    const { conversation, proxy, state } = setUp(
      [answerOf(words), answerOf("Yes.", "m2")],
      ["whole", { code: "not-allowed" }],
    );
    conversation.ask("Cost?");
    await settleDown();
    conversation.ask("Sure?");
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1", "ask c1 t2", "ask new t2"]);
    expect(conversation.finished.value.map((turn) => turn.answer)).toEqual([words, "Yes."]);
    // Refused by somebody on the way perhaps, it can be come back to, without the question that has begun another.
    expect([...state.aside.values()]).toMatchObject([{ ref: { conversation: "c1" }, pending: null }]);
  });

  it("is not sent to a new conversation when the first try may have arrived and the next is refused", async () => {
    const { conversation, proxy } = setUp(
      [answerOf(words), answerOf("Yes.", "m2")],
      ["whole", "lost-after-taking", { code: "not-allowed" }],
    );
    conversation.ask("Cost?");
    await settleDown();
    conversation.ask("Sure?");
    await settleDown();
    expect(conversation.finished.value.at(-1)).toMatchObject({
      end: "failed",
      problem: { code: "unreachable" },
    });
    conversation.retry("t2");
    await settleDown();
    expect(conversation.finished.value.at(-1)).toMatchObject({ answer: "Yes.", end: "answered" });
    expect(proxy.begun.map(({ turn }) => turn)).toEqual(["t1", "t2"]);
  });

  it("of a person with an expired identity is kept with its conversation, and sent there once the identity is valid", async () => {
    const { conversation, proxy, state } = setUp(
      [answerOf(words), answerOf("Yes.", "m2")],
      ["whole", { code: "signed-out" }],
    );
    conversation.ask("Cost?");
    await settleDown();
    conversation.ask("Sure?");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { end: "answered", answer: words },
      { question: "Sure?", end: "failed", problem: { code: "signed-out" } },
    ]);
    expect(state.kept.value?.ref?.conversation).toBe("c1");
    conversation.retry("t2");
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1", "ask c1 t2", "ask c1 t3"]);
    expect(conversation.finished.value.at(-1)?.answer).toBe("Yes.");
  });

  it("refused by the proxy fails with its code, and a retry replaces it by a new turn", async () => {
    const { conversation, proxy } = setUp([answerOf(words)], [{ code: "too-many", retryAfter: 7 }]);
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { end: "failed", problem: { code: "too-many", retryAfter: 7 } },
    ]);
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t2", end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("that fails during the answer keeps the text so far, and only the problem's code", async () => {
    const broken = eventsOf(
      { event: "conversation", data: ref },
      { event: "delta", data: { text: "Half" } },
      { event: "problem", data: { code: "upstream-busy", message: "for developers", retryAfter: 3 } },
    );
    const { conversation } = setUp([broken]);
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value[0]).toMatchObject({ answer: "Half", end: "failed" });
    expect(conversation.finished.value[0]?.problem).toEqual({ code: "upstream-busy", retryAfter: 3 });
  });

  it("that reaches no proxy fails within seconds, and is the same turn on retry", async () => {
    const { conversation, proxy, state } = setUp([answerOf(words)], Array<Fate>(4).fill("unreachable"));
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value[0]).toMatchObject({ end: "failed", problem: { code: "unreachable" } });
    expect(state.pauses.reduce((sum, each) => sum + each, 0)).toBeLessThan(5_000);
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t1", answer: words, end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("whose answer is being written is waited for between one and two minutes, then looked for on retry", async () => {
    const fates: Fate[] = [{ events: 3 }, ...Array<Fate>(8).fill("unreachable")];
    const { conversation, proxy, state } = setUp([answerOf(words)], fates);
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value[0]).toMatchObject({
      answer: "It costs ",
      problem: { code: "unreachable" },
    });
    const waited = state.pauses.reduce((sum, each) => sum + each, 0);
    expect(waited).toBeGreaterThan(60_000);
    expect(waited).toBeLessThan(120_000);
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t1", answer: words, end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
    expect(proxy.calls.at(-1)).toBe("resume c1 t1 after 0");
  });
});
