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

describe("whatever is thrown where nothing should be", () => {
  it("a memory that throws costs no question", async () => {
    const all = begun();
    all.world.store.save = fail;
    expect(all.conversation.ask("Cost?")).toBeNull();
    await answered(all);
    expect(all.proxy.begun).toHaveLength(1);
  });

  it("a question that could not be asked is the asker's still, who is told", () => {
    const { world, conversation, proxy } = begun();
    world.newNames = fail;
    expect(conversation.ask("Cost?")).toMatchObject({ code: "unreachable" });
    expect(conversation.problem.value).toMatchObject({ code: "unreachable" });
    expect(conversation.streaming.value).toBeNull();
    expect(proxy.begun).toEqual([]);
  });

  it("a way to the proxy that throws leaves the question with a way on, and is asked once", async () => {
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

  it("what watches an answer and throws costs none of its words", async () => {
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

  it("a page that throws when it is told of an answer has it all the same", async () => {
    const proxy = scriptedProxy([answerOf("Ten euros.")]);
    const { world } = scriptedWorld(proxy.transport);
    const conversation = createConversation(world, { onQuestion: fail, onFinish: fail });
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ answer: "Ten euros." }]);
  });

  it("an earlier conversation that cannot be brought back is told, with a way to try again", async () => {
    const { world, state, conversation, proxy } = begun();
    state.kept.value = { place: { conversation: "c1", visitor: "v1" }, pending: null };
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

  it("a failed question that cannot be asked again stays where it was", async () => {
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
