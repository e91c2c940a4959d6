import { describe, expect, it } from "vitest";
import { createConversation } from "./create-conversation.ts";
import { answerOf, ref, scriptedProxy } from "./testing/scripted-proxy.ts";
import type { Fate } from "./testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "./testing/scripted-environment.ts";
import type { StoredConversation } from "./environment.ts";

const earlier = {
  message: "m0",
  prompt: "Hello?",
  answer: "Hello.",
  citations: [],
  reaction: "liked",
} as const;

/** A page that was left after a number of events, and the next page with the same proxy and store. */
async function reloadAfter(events: number, fates: Fate[] = []) {
  const proxy = scriptedProxy([answerOf("One two three.")], [{ events }, ...fates]);
  const first = scriptedWorld(proxy.transport);
  // The page is left while it waits to resume the stream.
  first.world.pause = () => new Promise<boolean>(() => {});
  const before = createConversation(first.world);
  before.ask("Count!");
  await settleDown();
  before.dispose();
  const second = scriptedWorld(proxy.transport, first.state.kept);
  return {
    proxy,
    kept: first.state.kept,
    conversation: createConversation(second.world),
    state: second.state,
  };
}

function setUp(kept: StoredConversation | null, fates: Fate[] = []) {
  const proxy = scriptedProxy([answerOf("One two three.")], fates);
  proxy.stored.push({ ...earlier, citations: [] });
  const { world, state } = scriptedWorld(proxy.transport, { value: kept });
  return { proxy, state, conversation: createConversation(world) };
}

describe("after a reload", () => {
  it("the conversation is restored", async () => {
    const { conversation, proxy } = setUp({ ref, pending: null });
    const restored = conversation.restore();
    expect(conversation.restoring.value).toBe(true);
    await restored;
    expect(conversation.restoring.value).toBe(false);
    expect(conversation.finished.value).toMatchObject([
      { question: "Hello?", answer: "Hello.", message: "m0", reaction: "liked", end: "answered" },
    ]);
    conversation.ask("Count!");
    await settleDown();
    expect(proxy.calls).toEqual(["transcript c1", "ask c1 t2"]);
  });

  it("a question with an empty stored answer can be asked again", async () => {
    const { conversation, proxy } = setUp({ ref, pending: null });
    proxy.stored.push({ ...earlier, message: "m1", prompt: "And?", answer: "", citations: [] });
    await conversation.restore();
    expect(conversation.finished.value.at(-1)).toMatchObject({
      question: "And?",
      end: "failed",
      problem: { code: "no-answer" },
    });
    conversation.retry(conversation.finished.value.at(-1)?.id ?? "");
    await settleDown();
    expect(conversation.finished.value.map((turn) => turn.end)).toEqual(["answered", "answered"]);
  });

  it("no request is sent without a stored conversation", async () => {
    const { conversation, proxy } = setUp(null);
    await conversation.restore();
    expect(proxy.calls).toEqual([]);
  });

  it("a running answer is complete, shown once and asked once, at whichever event the page was left", async () => {
    for (let events = 0; events < answerOf("One two three.").length; events++) {
      const { conversation, proxy } = await reloadAfter(events);
      proxy.stored.push({
        ...earlier,
        message: "m1",
        prompt: "Count!",
        answer: "One two three.",
        citations: [],
      });
      await conversation.restore();
      await settleDown();
      expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["One two three."]);
      expect(proxy.begun).toHaveLength(1);
    }
  });

  it("an answer that was finished meanwhile is found in the transcript after a restart of the proxy", async () => {
    const { conversation, proxy } = await reloadAfter(3);
    proxy.restart();
    proxy.stored.push({
      ...earlier,
      message: "m1",
      prompt: "Count!",
      answer: "One two three.",
      citations: [],
    });
    await conversation.restore();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ answer: "One two three.", end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("the answer to the same earlier question is not used for this one", async () => {
    const pending = {
      id: "t7",
      name: "t7",
      secret: null,
      question: "Hello?",
      at: 999_000,
      taken: true,
      after: "m0",
    };
    const { conversation } = setUp({ ref, pending });
    await conversation.restore();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { message: "m0", end: "answered" },
      { id: "t7", end: "failed", problem: { code: "answer-cut" } },
    ]);
  });

  it("a question that may be unsent is sent while it is recent, and otherwise has a retry button", async () => {
    const pending = {
      id: "t7",
      name: "t7",
      secret: null,
      question: "Count!",
      at: 999_000,
      taken: false,
      after: "m0",
    };
    const fresh = setUp({ ref, pending });
    await fresh.conversation.restore();
    await settleDown();
    expect(fresh.proxy.calls).toEqual(["transcript c1", "ask c1 t7"]);
    expect(fresh.conversation.finished.value.at(-1)?.answer).toBe("One two three.");

    const old = setUp({ ref, pending: { ...pending, at: 0 } });
    await old.conversation.restore();
    await settleDown();
    expect(old.proxy.calls).toEqual(["transcript c1"]);
    expect(old.conversation.finished.value.at(-1)).toMatchObject({ question: "Count!", end: "failed" });
  });

  it("a deleted conversation is forgotten, with a message for the visitor", async () => {
    const { conversation, proxy, state } = setUp({ ref, pending: null });
    proxy.failing.set("transcript", "not-found");
    await conversation.restore();
    expect(conversation.problem.value).toEqual({ code: "not-found" });
    expect(conversation.finished.value).toEqual([]);
    expect(state.kept.value).toBeNull();
  });

  it("a refused conversation, perhaps by a server on the way, is kept, and can be fetched again", async () => {
    const { conversation, proxy, state } = setUp({ ref, pending: null });
    proxy.failing.set("transcript", "not-allowed");
    await conversation.restore();
    expect(conversation.problem.value).toMatchObject({ code: "not-allowed" });
    expect(state.kept.value?.ref).toEqual(ref);
    proxy.failing.clear();
    conversation.problem.value?.again?.();
    await settleDown();
    expect(conversation.problem.value).toBeNull();
    expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["Hello."]);
  });

  it("a question for a deleted conversation is shown, and sent to a new one only if it was unsent", async () => {
    const pending = {
      id: "t9",
      name: "t9",
      secret: "secret of t9",
      question: "Count!",
      at: 999_000,
      after: null,
    };
    for (const taken of [false, true]) {
      const left = setUp({ ref, pending: { ...pending, taken } });
      left.proxy.failing.set("transcript", "not-found");
      await left.conversation.restore();
      await settleDown();
      expect(left.conversation.finished.value).toMatchObject([
        { question: "Count!", end: "failed", problem: { code: "answer-cut" } },
      ]);
      expect(left.proxy.calls).toEqual(["transcript c1"]);
    }
    const waited = setUp({ ref, pending: { ...pending, taken: false, waits: true } });
    waited.proxy.failing.set("transcript", "not-found");
    await waited.conversation.restore();
    await settleDown();
    expect(waited.conversation.finished.value).toMatchObject([{ question: "Count!", end: "answered" }]);
    expect(waited.proxy.calls).toEqual(["transcript c1", "ask new t9"]);
  });

  it("an answer that cannot be followed for now is followed after a retry, and asked once", async () => {
    const { conversation, proxy } = await reloadAfter(
      2,
      Array.from({ length: 9 }, () => ({ code: "not-allowed" as const })),
    );
    proxy.failing.set("transcript", "not-allowed");
    await conversation.restore();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { question: "Count!", end: "failed", problem: { code: "answer-cut" } },
    ]);
    proxy.fates.length = 0;
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ answer: "One two three.", end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("a refused question is asked again under the same turn id", async () => {
    const proxy = scriptedProxy([answerOf("One two three.")], [{ code: "upstream-busy", retryAfter: 1 }]);
    const first = scriptedWorld(proxy.transport);
    const before = createConversation(first.world);
    before.ask("Count!");
    await settleDown();
    expect(before.finished.value).toMatchObject([{ end: "failed", problem: { code: "upstream-busy" } }]);
    before.dispose();
    const conversation = createConversation(scriptedWorld(proxy.transport, first.state.kept).world);
    await conversation.restore();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ question: "Count!", answer: "One two three." }]);
    expect(proxy.calls).toEqual(["ask new t1", "ask new t1"]);
  });

  it("a conversation of a person with an expired identity is not forgotten", async () => {
    const { conversation, proxy, state } = setUp({ ref, pending: null });
    proxy.failing.set("transcript", "signed-out");
    await conversation.restore();
    expect(conversation.problem.value).toMatchObject({ code: "signed-out" });
    expect(state.kept.value?.ref).toEqual(ref);
  });

  it("a conversation that cannot be fetched now shows a message, and can be continued", async () => {
    const { conversation, proxy } = setUp({ ref, pending: null });
    proxy.failing.set("transcript", "unreachable");
    await conversation.restore();
    expect(conversation.problem.value).toMatchObject({ code: "unreachable" });
    conversation.ask("Count!");
    await settleDown();
    expect(proxy.calls.at(-1)).toBe("ask c1 t1");
  });

  it.each(["too-many", "upstream-busy"] as const)(
    "a conversation that is refused for a moment (%s) is fetched a moment later, without a message",
    async (code) => {
      const proxy = scriptedProxy([]);
      proxy.stored.push({ ...earlier, citations: [] });
      const refusals = [4, 4];
      const transport: typeof proxy.transport = {
        ...proxy.transport,
        async transcript(at, signal) {
          const retryAfter = refusals.shift();
          if (retryAfter === undefined) return proxy.transport.transcript(at, signal);
          return { ok: false, problem: { code, retryAfter } };
        },
      };
      const { world, state } = scriptedWorld(transport, { value: { ref, pending: null } });
      const conversation = createConversation(world);
      await conversation.restore();
      expect(conversation.problem.value).toBeNull();
      expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["Hello."]);
      expect(state.pauses.slice(-2)).toEqual([4000, 4000]);
    },
  );

  it("a conversation that is refused for a longer time shows a message at once, with a retry button", async () => {
    const transport: ReturnType<typeof scriptedProxy>["transport"] = {
      ...scriptedProxy([]).transport,
      transcript: async () => ({ ok: false, problem: { code: "too-many", retryAfter: 60 } }),
    };
    const { world } = scriptedWorld(transport, { value: { ref, pending: null } });
    const conversation = createConversation(world);
    await conversation.restore();
    expect(conversation.problem.value).toMatchObject({ code: "too-many", retryAfter: 60 });
    expect(conversation.problem.value?.again).toBeTypeOf("function");
  });

  it("a conversation that could not be fetched can be fetched again, before or after a further question", async () => {
    for (const goesOn of [false, true]) {
      const { conversation, proxy } = setUp({ ref, pending: null });
      proxy.failing.set("transcript", "unreachable");
      await conversation.restore();
      if (goesOn) conversation.ask("Count!");
      await settleDown();
      conversation.problem.value?.again?.();
      expect(conversation.problem.value).toBeNull();
      await settleDown();
      expect(conversation.problem.value?.code).toBe("unreachable");
      proxy.failing.clear();
      if (goesOn) proxy.stored.push({ ...earlier, message: "m1", prompt: "Count!", citations: [] });
      conversation.problem.value?.again?.();
      await settleDown();
      expect(conversation.problem.value).toBeNull();
      expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(
        goesOn ? ["Hello.", "One two three."] : ["Hello."],
      );
    }
  });

  it("fetching it again does not change a running answer", async () => {
    const { conversation, proxy } = setUp({ ref, pending: null });
    proxy.failing.set("transcript", "unreachable");
    await conversation.restore();
    const release = proxy.holdBack();
    conversation.ask("Count!");
    await settleDown();
    proxy.failing.clear();
    conversation.problem.value?.again?.();
    await settleDown();
    expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["Hello."]);
    release();
    await settleDown();
    expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["Hello.", "One two three."]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("a stopped answer is shown as far as it was written, and can be asked again", async () => {
    for (const isStored of [false, true]) {
      const first = setUp({ ref, pending: null });
      await first.conversation.restore();
      first.conversation.streaming.subscribe((turn) =>
        turn?.answer.subscribe((text) => text === "One two " && first.conversation.stop()),
      );
      first.conversation.ask("Count!");
      await settleDown();
      const { conversation, proxy } = setUp(first.state.kept.value);
      if (isStored)
        proxy.stored.push({ ...earlier, message: "m1", prompt: "Count!", answer: "One two ", citations: [] });
      await conversation.restore();
      expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["Hello.", "One two "]);
      expect(proxy.calls).toEqual(["transcript c1"]);
      if (isStored) continue;
      expect(conversation.finished.value.at(-1)).toMatchObject({ question: "Count!", end: "stopped" });
      conversation.retry(conversation.finished.value.at(-1)?.id ?? "");
      await settleDown();
      expect(conversation.finished.value.map((turn) => turn.end)).toEqual(["answered", "answered"]);
    }
  });

  it("an answer that was stopped before the conversation had an id is kept once it has one", async () => {
    const { conversation, proxy, state } = setUp(null);
    const release = proxy.holdBack();
    conversation.ask("Count!");
    await settleDown();
    conversation.stop();
    release();
    await settleDown();
    expect(state.kept.value).toMatchObject({ ref, pending: { question: "Count!", stopped: "" } });
  });

  it("a question asked meanwhile waits for the earlier turns and for the running answer", async () => {
    const { conversation, proxy } = setUp({ ref, pending: null });
    const restored = conversation.restore();
    conversation.ask("Count!");
    await restored;
    await settleDown();
    expect(proxy.calls).toEqual(["transcript c1", "ask c1 t2"]);
    expect(conversation.finished.value.map((turn) => turn.answer)).toEqual(["Hello.", "One two three."]);
  });

  it("starting over before it is fetched removes all of it", async () => {
    const { conversation, proxy } = setUp({ ref, pending: null });
    const restored = conversation.restore();
    conversation.startOver();
    await restored;
    await settleDown();
    expect(conversation.finished.value).toEqual([]);
    expect(conversation.restoring.value).toBe(false);
    expect(proxy.begun).toEqual([]);
  });
});

describe("the stored conversation", () => {
  it("is saved before the question is sent, and has the conversation's id once it is known", async () => {
    const proxy = scriptedProxy([answerOf("One two three.")]);
    const { world, state } = scriptedWorld(proxy.transport);
    const ask = proxy.transport.ask.bind(proxy.transport);
    const kept: unknown[] = [];
    proxy.transport.ask = (...given) => {
      kept.push(state.kept.value);
      return ask(...given);
    };
    const conversation = createConversation(world);
    expect(state.kept.value).toBeNull();
    conversation.ask("Count!");
    await settleDown();
    const pending = { id: "t1", question: "Count!", taken: false, secret: "secret of t1" };
    expect(kept).toMatchObject([{ ref: null, pending }]);
    expect(state.kept.value).toEqual({ ref, pending: null, turn: "t1", last: "m1" });
  });

  it("of a version without secrets shows a message when its answer cannot be joined, and is not asked again", async () => {
    const proxy = scriptedProxy([answerOf("One two three.")], ["lost-after-taking"]);
    const before = { turn: "t9", prompt: "Count!" };
    await proxy.transport.ask(null, before, { opened() {}, event() {} }, new AbortController().signal);
    const pending = {
      id: "t9",
      name: "t9",
      secret: null,
      question: "Count!",
      at: 999_000,
      taken: true,
      after: null,
    };
    const { world } = scriptedWorld(proxy.transport, { value: { ref: null, pending } });
    const conversation = createConversation(world);
    await conversation.restore();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { question: "Count!", end: "failed", problem: { code: "not-allowed" } },
    ]);
    expect(proxy.begun).toHaveLength(1);
  });
});
