import { describe, expect, it } from "vitest";
import { createConversation } from "./create-conversation.ts";
import { answerOf, ref, scriptedProxy } from "./testing/scripted-proxy.ts";
import type { Fate } from "./testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "./testing/scripted-environment.ts";

function setUp(answers = [answerOf("One two three."), answerOf("Four.", "m2")], fates: Fate[] = []) {
  const proxy = scriptedProxy(answers, fates);
  const { world, state } = scriptedWorld(proxy.transport);
  return { proxy, state, conversation: createConversation(world) };
}

describe("stop", () => {
  it("keeps the text so far, and reaches the proxy", async () => {
    const { conversation, proxy } = setUp();
    conversation.streaming.subscribe((turn) =>
      turn?.answer.subscribe((text) => text === "One two " && conversation.stop()),
    );
    conversation.ask("Count!");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { answer: "One two ", end: "stopped", problem: null },
    ]);
    expect(proxy.calls).toEqual(["ask new t1", "stop c1 t1"]);
  });

  it("before the conversation has an id is shown at once, and sent to the proxy as soon as possible", async () => {
    const { conversation, proxy } = setUp();
    const release = proxy.holdBack();
    conversation.ask("Count!");
    conversation.stop();
    expect(conversation.streaming.value).toBeNull();
    expect(conversation.finished.value).toMatchObject([{ answer: "", end: "stopped" }]);
    await settleDown();
    release();
    await settleDown();
    // A stop within the same moment never even asks.
    expect(proxy.begun).toHaveLength(0);

    const again = proxy.holdBack();
    conversation.ask("Count again!");
    await settleDown();
    conversation.stop();
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t2"]);
    again();
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t2", "stop c1 t2"]);
    expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["", ""]);
  });

  it("of a further question does not wait for the proxy's response", async () => {
    const { conversation, proxy } = setUp();
    conversation.ask("Count!");
    await settleDown();
    proxy.holdBack();
    conversation.ask("More!");
    await settleDown();
    conversation.stop();
    await settleDown();
    expect(proxy.calls.slice(1)).toEqual(["ask c1 t2", "stop c1 t2"]);
  });

  it("that arrives before its question is sent again afterwards", async () => {
    const { conversation, proxy } = setUp();
    conversation.ask("Count!");
    await settleDown();
    const ask = proxy.transport.ask.bind(proxy.transport);
    let arrive = () => {};
    proxy.transport.ask = async (...given) => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return ask(...given);
    };
    conversation.ask("More!");
    await settleDown();
    conversation.stop();
    await settleDown();
    arrive();
    await settleDown();
    expect(proxy.calls.slice(1)).toEqual(["stop c1 t2", "ask c1 t2", "stop c1 t2"]);
  });

  it("lets the next question wait until it has arrived, so that both are of one conversation", async () => {
    const { conversation, proxy } = setUp();
    const release = proxy.holdBack();
    conversation.ask("Count!");
    await settleDown();
    conversation.stop();
    conversation.ask("Something else.");
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1"]);
    release();
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1", "stop c1 t1", "ask c1 t2"]);
    expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["", "Four."]);
  });

  it("does not send a lost question again", async () => {
    const { conversation, proxy, state } = setUp(undefined, ["unreachable", "unreachable"]);
    state.whilePausing = () => conversation.stop();
    conversation.ask("Count!");
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1"]);
  });

  it("allows a retry, which replaces the turn by a new one", async () => {
    const { conversation, proxy } = setUp();
    const release = proxy.holdBack();
    conversation.ask("Count!");
    await settleDown();
    conversation.stop();
    release();
    await settleDown();
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t2", question: "Count!", answer: "Four." }]);
    expect(proxy.begun).toHaveLength(2);
  });
});

describe("starting over", () => {
  it("is empty at once, and archives the conversation under its first question", async () => {
    const answers = [answerOf("One two three."), answerOf("Four.", "m2"), answerOf("Five.", "m3")];
    const { conversation, proxy, state } = setUp(answers);
    conversation.ask("Count!");
    await settleDown();
    conversation.ask("More!");
    await settleDown();
    conversation.startOver();
    expect(conversation.finished.value).toEqual([]);
    expect(state.kept.value).toBeNull();
    expect([...state.aside]).toMatchObject([["Count!", { ref, pending: null }]]);
    conversation.ask("Again!");
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1", "ask c1 t2", "ask new t3"]);
  });

  it("during an answer lets the proxy finish it, and shows nothing of it any more", async () => {
    const { conversation, proxy, state } = setUp();
    const release = proxy.holdBack();
    conversation.ask("Count!");
    await settleDown();
    conversation.startOver();
    expect(conversation.streaming.value).toBeNull();
    release();
    await settleDown();
    expect(proxy.calls).toEqual(["ask new t1"]);
    expect(conversation.finished.value).toEqual([]);
    expect(state.kept.value).toBeNull();
    // Its name came only afterwards, and without that nobody would find it again.
    expect([...state.aside.values()]).toMatchObject([{ ref, pending: { id: "t1" } }]);
  });

  it("before the first question does nothing", () => {
    const { conversation, state } = setUp();
    conversation.startOver();
    expect(state.aside.size).toBe(0);
  });
});

describe("a rating", () => {
  it("is shown at once and sent", async () => {
    const { conversation, proxy } = setUp();
    conversation.ask("Count!");
    await settleDown();
    conversation.rate("t1", "liked");
    await expect.poll(() => conversation.finished.value[0]?.reaction).toBe("liked");
    await settleDown();
    expect(proxy.calls.at(-1)).toBe("react c1 m1 liked");
    expect(conversation.finished.value[0]?.reaction).toBe("liked");
  });

  it("that the proxy refuses is reverted to the last accepted one", async () => {
    const { conversation, proxy } = setUp();
    conversation.ask("Count!");
    await settleDown();
    conversation.rate("t1", "liked");
    await settleDown();
    proxy.failing.set("react", "upstream-down");
    conversation.rate("t1", "disliked");
    conversation.rate("t1", "neutral");
    await settleDown();
    expect(conversation.finished.value[0]?.reaction).toBe("liked");
    expect(conversation.problem.value).toEqual({ code: "upstream-down" });
  });
});
