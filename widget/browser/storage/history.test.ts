import { beforeEach, describe, expect, it } from "vitest";
import { createConversation } from "../../conversation/create-conversation.ts";
import { answerOf, scriptedProxy } from "../../conversation/testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "../../conversation/testing/scripted-environment.ts";
import { createHistory } from "./history.lazy.ts";
import { createStore } from "./conversation-store.ts";

const day = 24 * 60 * 60 * 1_000;

beforeEach(() => localStorage.clear());

function setUp(count = 3) {
  const answers = Array.from({ length: count }, (_, index) => answerOf(`Answer ${index}.`, `m${index}`));
  const proxy = scriptedProxy(answers);
  const { world, state } = scriptedWorld(proxy.transport);
  const store = createStore({
    device: () => localStorage,
    tab: () => sessionStorage,
    key: "chat",
    lifetime: () => 30,
    who: () => "",
    now: () => state.now++,
  });
  const conversation = createConversation({ ...world, store });
  const history = () => createHistory(store, conversation, world);
  async function ask(...questions: string[]) {
    for (const question of questions) {
      conversation.ask(question);
      await settleDown();
      conversation.startOver();
    }
  }
  return { proxy, state, memory: store, conversation, history, ask };
}

const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

describe("the history", () => {
  it("is empty before the first question, and reading it stores nothing", () => {
    const { history } = setUp();
    expect(history().list()).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it("lists conversations by their first questions, the present one first and then the latest", async () => {
    const { conversation, history, ask } = setUp(4);
    await ask("One?", "Two?");
    conversation.ask("Three?");
    await settleDown();
    conversation.ask("And more?");
    await settleDown();
    expect(names(history().list())).toEqual(["Three?", "Two?", "One?"]);
    expect(
      history()
        .list()
        .map(({ isPresent }) => isPresent),
    ).toEqual([true, false, false]);
  });

  it("has at most twenty and the present one; the oldest are dropped", async () => {
    const { history, ask } = setUp(22);
    await ask(...Array.from({ length: 22 }, (_, index) => `Question ${index}?`));
    expect(history().list()).toHaveLength(20);
    expect(names(history().list()).at(-1)).toBe("Question 2?");
  });

  it("resumes an earlier one, and lists the present one among the earlier", async () => {
    const { proxy, conversation, memory, history, ask } = setUp();
    await ask("One?");
    conversation.ask("Two?");
    await settleDown();
    proxy.stored.push({
      message: "m0",
      prompt: "One?",
      answer: "Answer 0.",
      citations: [],
      reaction: "liked",
    });
    const [, earlier] = history().list();
    expect(history().resume(earlier?.id ?? "")).toBe(true);
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ question: "One?", reaction: "liked" }]);
    expect(names(history().list())).toEqual(["One?", "Two?"]);
    expect(memory.load()).toMatchObject({ ref: { conversation: "c1" } });
    expect(history().resume(earlier?.id ?? "")).toBe(false);
  });

  it("deletes conversations one by one, upstream too", async () => {
    const { proxy, history, ask } = setUp();
    await ask("One?", "Two?");
    const two = history().list()[0];
    expect(await history().remove(two?.id ?? "")).toBeNull();
    expect(proxy.calls.at(-1)).toBe("forget c1");
    expect(names(history().list())).toEqual(["One?"]);
  });

  it("keeps a conversation that could not be deleted upstream, which can be deleted again", async () => {
    const { proxy, conversation, history, ask } = setUp();
    await ask("One?");
    conversation.ask("Two?");
    await settleDown();
    proxy.failing.set("forget", "upstream-down");
    for (const { id } of history().list())
      expect(await history().remove(id)).toEqual({ code: "upstream-down" });
    expect(names(history().list())).toEqual(["Two?", "One?"]);
    expect(conversation.finished.value).toHaveLength(1);
    proxy.failing.clear();
    for (const { id } of history().list()) expect(await history().remove(id)).toBeNull();
    expect(history().list()).toEqual([]);
    expect(conversation.finished.value).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it("drops a conversation that upstream has already deleted", async () => {
    const { proxy, history, ask } = setUp();
    await ask("One?");
    proxy.failing.set("forget", "not-found");
    expect(await history().remove(history().list()[0]?.id ?? "")).toBeNull();
    expect(history().list()).toEqual([]);
  });

  it("stops a running answer before the present one is deleted", async () => {
    const { proxy, conversation, history } = setUp();
    const release = proxy.holdBack();
    conversation.ask("One?");
    await settleDown();
    const removed = history().remove(history().list()[0]?.id ?? "");
    release();
    expect(await removed).toBeNull();
    expect(proxy.calls).toEqual(["ask new t1", "stop c1 t1", "forget c1"]);
    expect(localStorage.length).toBe(0);
  });

  it("keeps each conversation for the owner's number of days since its last use", async () => {
    const { state, history, ask } = setUp();
    await ask("One?");
    state.now += 20 * day;
    await ask("Two?");
    state.now += 20 * day;
    expect(names(history().list())).toEqual(["Two?"]);
    expect(localStorage.getItem("chat")).not.toContain("One?");
    state.now += 20 * day;
    expect(history().list()).toEqual([]);
  });

  it("omits corrupt ones", async () => {
    const { memory, history, ask } = setUp();
    await ask("One?");
    const all = memory.read();
    memory.write({ ...all, earlier: { ...Object(all?.["earlier"]), 1: 4, 2: { ref: {} }, 3: null } });
    expect(names(history().list())).toEqual(["One?"]);
  });
});
