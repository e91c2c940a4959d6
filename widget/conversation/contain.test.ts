import { effect } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createConversation } from "./create-conversation.ts";
import { answerOf, scriptedProxy } from "./testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "./testing/scripted-environment.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const fail = (): never => {
  throw new Error("unexpected");
};

function begun() {
  const proxy = scriptedProxy([answerOf("Ten euros.")]);
  const { world, state } = scriptedWorld(proxy.transport);
  return { proxy, world, state, conversation: createConversation(world) };
}

/** Asks anew until there is an answer. */
async function answered({ conversation }: ReturnType<typeof begun>): Promise<void> {
  await settleDown();
  const last = conversation.finished.value.at(-1);
  expect(last).toMatchObject({ question: "Cost?" });
  if (last && last.end !== "answered") conversation.retry(last.id);
  await settleDown();
  expect(conversation.finished.value).toMatchObject([{ answer: "Ten euros.", end: "answered" }]);
}

describe("an unexpected error", () => {
  it("in the store loses no question", async () => {
    const all = begun();
    all.world.store.save = fail;
    expect(all.conversation.ask("Cost?")).toBeNull();
    await answered(all);
    expect(all.proxy.begun).toHaveLength(1);
  });

  it("before a question is asked leaves it with the visitor, and is reported", () => {
    const { world, conversation, proxy } = begun();
    world.newNames = fail;
    expect(conversation.ask("Cost?")).toMatchObject({ code: "unreachable" });
    expect(conversation.problem.value).toMatchObject({ code: "unreachable" });
    expect(conversation.streaming.value).toBeNull();
    expect(proxy.begun).toEqual([]);
  });

  it("in the transport leaves the question with a retry button, and it is asked once", async () => {
    const all = begun();
    const usual = { ...all.proxy.transport };
    all.proxy.transport.ask = async (...given) => {
      await usual.ask(...given);
      all.proxy.transport.ask = (...more) => usual.ask(...more);
      return fail();
    };
    all.conversation.ask("Cost?");
    await answered(all);
    expect(all.proxy.begun).toHaveLength(1);
  });

  it("in an effect loses no text of the answer", async () => {
    const all = begun();
    all.conversation.ask("Cost?");
    let times = 0;
    const undo = effect(() => {
      if (all.conversation.streaming.value?.answer.value && times++ === 0) fail();
    });
    await answered(all);
    expect(times).toBeGreaterThan(0);
    undo();
  });

  it("in the page's listener does not affect the answer", async () => {
    const proxy = scriptedProxy([answerOf("Ten euros.")]);
    const { world } = scriptedWorld(proxy.transport);
    const conversation = createConversation(world, { onQuestion: fail, onFinish: fail });
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ answer: "Ten euros." }]);
  });

  it("in restoring a conversation is shown, with a retry button", async () => {
    const { world, state, conversation, proxy } = begun();
    state.kept.value = { ref: { conversation: "c1", visitor: "v1" }, pending: null };
    proxy.stored.push({
      message: "m0",
      prompt: "Before?",
      answer: "Yes.",
      citations: [],
      reaction: "neutral",
    });
    const memory = { ...world.store };
    world.store.load = fail;
    await conversation.restore();
    expect(conversation.restoring.value).toBe(false);
    expect(conversation.problem.value).toMatchObject({ code: "unreachable" });
    world.store.load = () => memory.load();
    conversation.problem.value?.again?.();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ question: "Before?" }]);
  });

  it("in a retry leaves the failed question unchanged", async () => {
    const proxy = scriptedProxy([answerOf("Ten euros.")], [{ code: "too-many" }]);
    const { world } = scriptedWorld(proxy.transport);
    const conversation = createConversation(world);
    conversation.ask("Cost?");
    await settleDown();
    const usual = { ...world };
    world.newNames = fail;
    conversation.retry("t1");
    expect(conversation.finished.value).toMatchObject([{ question: "Cost?", end: "failed" }]);
    world.newNames = () => usual.newNames();
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ answer: "Ten euros." }]);
  });
});
