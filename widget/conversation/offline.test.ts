import { describe, expect, it } from "vitest";
import { createConversation } from "./create-conversation.ts";
import { answerOf, ref, scriptedProxy } from "./testing/scripted-proxy.ts";
import type { Fate } from "./testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "./testing/scripted-environment.ts";
import { withdrawQuestion } from "./stop-turn.ts";
import type { StoredConversation } from "./environment.ts";
import type { PendingTurn } from "./types.ts";

const page = { title: "Prices", url: "https://shop.example/prices" };

/** A question asked without a network, of which the first request and so many more fail. */
async function askedOffline(kept: StoredConversation | null = null, fates: Fate[] = ["unreachable"]) {
  const proxy = scriptedProxy([answerOf("Ten euros."), answerOf("Eleven.", "m2")], fates);
  const { world, state } = scriptedWorld(proxy.transport, { value: kept });
  state.online = false;
  const conversation = createConversation(world);
  await conversation.restore();
  conversation.ask("Cost?");
  await settleDown();
  return { proxy, world, state, conversation };
}

describe("a question asked without a network", () => {
  it("waits in the transcript, and is sent once, without a retry, when the network is back", async () => {
    const { conversation, proxy, state } = await askedOffline();
    expect(conversation.streaming.value?.phase.value).toBe("offline");
    expect(conversation.finished.value).toEqual([]);
    state.backOnline();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([
      { id: "t1", question: "Cost?", answer: "Ten euros.", end: "answered" },
    ]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("waits without a limit, also when the network seems to be back but is not", async () => {
    const { conversation, proxy, state } = await askedOffline(null, Array<Fate>(40).fill("unreachable"));
    for (let tries = 0; tries < 39; tries++) {
      expect(conversation.streaming.value?.phase.value).toBe("offline");
      const before = proxy.calls.length;
      state.backOnline();
      state.online = false;
      await settleDown();
      expect(proxy.calls.length).toBe(before + 1);
    }
    state.backOnline();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ answer: "Ten euros." }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("is sent when the browser was wrong about the network", async () => {
    const { conversation } = await askedOffline(null, []);
    expect(conversation.finished.value).toMatchObject([{ answer: "Ten euros.", end: "answered" }]);
  });

  it("can be withdrawn, and is then removed and never sent", async () => {
    const { conversation, proxy, state, world } = await askedOffline();
    const sent = proxy.calls.length;
    expect(withdrawQuestion(conversation.state, world.store)).toBe("Cost?");
    expect(conversation.streaming.value).toBeNull();
    expect(conversation.finished.value).toEqual([]);
    expect(state.kept.value).toBeNull();
    state.backOnline();
    await settleDown();
    expect(proxy.calls).toHaveLength(sent);
    conversation.ask("Cost, please?");
    await settleDown();
    expect(proxy.begun.map((each) => each.prompt)).toEqual(["Cost, please?"]);
  });

  it("cannot be withdrawn when another tab has sent it", async () => {
    const { conversation, state, world } = await askedOffline();
    const { value } = state.kept;
    if (value?.pending) state.kept.value = { ...value, pending: { ...value.pending, waits: false } };
    expect(withdrawQuestion(conversation.state, world.store)).toBeNull();
    expect(state.kept.value).toMatchObject({ pending: { id: "t1" } });
    state.backOnline();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t1", answer: "Ten euros." }]);
  });

  it("does not change the conversation when it is withdrawn", async () => {
    const { conversation, proxy, state, world } = await askedOffline({ ref, pending: null });
    withdrawQuestion(conversation.state, world.store);
    expect(state.kept.value).toEqual({ ref, pending: null });
    state.backOnline();
    conversation.ask("Again?");
    await settleDown();
    expect(proxy.calls.at(-1)).toBe("ask c1 t2");
  });

  it("can be stopped without waiting for a network, and asked again", async () => {
    const { conversation, proxy, state } = await askedOffline();
    conversation.stop();
    expect(conversation.finished.value).toMatchObject([{ question: "Cost?", end: "stopped" }]);
    await settleDown();
    state.online = true;
    conversation.retry("t1");
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ question: "Cost?", end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
    expect(proxy.calls.filter((call) => call.startsWith("stop"))).toEqual([]);
  });

  it("is sent once, with its page, when the page was reloaded meanwhile", async () => {
    const proxy = scriptedProxy([answerOf("Ten euros.")], ["unreachable"]);
    const first = scriptedWorld(proxy.transport);
    first.state.online = false;
    first.state.about.page = page;
    const before = createConversation(first.world);
    before.ask("Cost?");
    await settleDown();
    before.dispose();
    const second = scriptedWorld(proxy.transport, first.state.kept);
    const after = createConversation(second.world);
    await after.restore();
    await settleDown();
    first.state.backOnline();
    await settleDown();
    expect(after.finished.value).toMatchObject([{ id: "t1", answer: "Ten euros." }]);
    expect(proxy.begun).toMatchObject([{ turn: "t1", prompt: "Cost?", language: "en", page }]);
  });
});

describe("a question that waited in an earlier page", () => {
  async function reloadedOffline(pending: Partial<PendingTurn>, minutes = 0) {
    const proxy = scriptedProxy([answerOf("Ten euros.")], ["unreachable"]);
    const asked = {
      id: "t1",
      name: "t1",
      secret: null,
      question: "Cost?",
      at: 1_000_000,
      taken: false,
      after: null,
      ...pending,
    };
    const { world, state } = scriptedWorld(proxy.transport, { value: { ref: null, pending: asked } });
    state.online = false;
    state.now += minutes * 60_000;
    const conversation = createConversation(world);
    await conversation.restore();
    await settleDown();
    return { proxy, world, state, conversation };
  }

  it("waits on for hours, and is sent once", async () => {
    const { conversation, proxy, state } = await reloadedOffline({ waits: true }, 300);
    expect(conversation.streaming.value?.phase.value).toBe("offline");
    state.backOnline();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t1", answer: "Ten euros.", end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("can still be withdrawn", async () => {
    const { conversation, state, world } = await reloadedOffline({ waits: true });
    expect(withdrawQuestion(conversation.state, world.store)).toBe("Cost?");
    expect(state.kept.value).toBeNull();
  });

  it("cannot be withdrawn when that page may have sent it", async () => {
    const { conversation, proxy, state, world } = await reloadedOffline({ waits: false });
    expect(conversation.streaming.value?.phase.value).toBe("reconnecting");
    expect(withdrawQuestion(conversation.state, world.store)).toBeNull();
    state.backOnline();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t1", answer: "Ten euros." }]);
    expect(proxy.begun).toHaveLength(1);
  });

  it("is stored as possibly sent before it is sent", async () => {
    const { proxy, state } = await reloadedOffline({ waits: true });
    const usual = { ...proxy.transport };
    let kept: StoredConversation | null = null;
    proxy.transport.ask = (...given) => {
      kept = state.kept.value;
      return usual.ask(...given);
    };
    state.backOnline();
    await settleDown();
    expect(kept).toMatchObject({ pending: { id: "t1", waits: false, taken: false } });
  });
});

describe("a network that fails after a question may have been sent", () => {
  it("leads to a new try, as the same turn", async () => {
    const proxy = scriptedProxy([answerOf("Ten euros.")], ["lost-after-taking"]);
    const { world, state } = scriptedWorld(proxy.transport);
    state.whilePausing = () => (state.online = false);
    const usual = { ...proxy.transport };
    proxy.transport.ask = (...given) => {
      const end = usual.ask(...given);
      if (proxy.calls.length === 1) state.online = false;
      return end;
    };
    const conversation = createConversation(world);
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.streaming.value?.phase.value).toBe("reconnecting");
    expect(withdrawQuestion(conversation.state, world.store)).toBeNull();
    state.backOnline();
    await settleDown();
    expect(conversation.finished.value).toMatchObject([{ id: "t1", answer: "Ten euros." }]);
    expect(proxy.begun).toHaveLength(1);
  });

  async function awayTooLong(kept: StoredConversation | null, isStored: boolean) {
    const proxy = scriptedProxy([answerOf("Ten euros.")], ["lost-after-taking"]);
    const { world, state } = scriptedWorld(proxy.transport, { value: kept });
    const conversation = createConversation(world);
    await conversation.restore();
    state.whilePausing = () => (state.online = false);
    const usual = { ...proxy.transport };
    proxy.transport.ask = (...given) => {
      state.online = false;
      return usual.ask(...given);
    };
    conversation.ask("Cost?");
    await settleDown();
    expect(conversation.streaming.value?.phase.value).toBe("reconnecting");
    proxy.restart();
    const stored = { message: "m1", prompt: "Cost?", answer: "Ten euros.", citations: [] };
    if (isStored) proxy.stored.push({ ...stored, reaction: "neutral" });
    state.now += 11 * 60_000;
    state.whilePausing = () => {};
    state.backOnline();
    await settleDown();
    expect(proxy.begun).toHaveLength(1);
    return conversation.finished.value;
  }

  it("leads to no new try when the proxy may have dropped the turn meanwhile: the visitor decides", async () => {
    const failed = [{ id: "t1", end: "failed", problem: { code: "unreachable" } }];
    expect(await awayTooLong(null, false)).toMatchObject(failed);
    expect(await awayTooLong({ ref, pending: null }, false)).toMatchObject(failed);
  });

  it("leads to the stored answer, however late", async () => {
    expect(await awayTooLong({ ref, pending: null }, true)).toMatchObject([
      { id: "t1", end: "answered", answer: "Ten euros." },
    ]);
  });

  it("is waited for without a limit during an answer", async () => {
    const proxy = scriptedProxy([answerOf("One two three.")], [{ events: 2 }]);
    const { world, state } = scriptedWorld(proxy.transport);
    const usual = { ...proxy.transport };
    let away = 30;
    proxy.transport.resume = (...given) => {
      if (away-- <= 0) return usual.resume(...given);
      state.online = false;
      return Promise.resolve("unreachable" as const);
    };
    const conversation = createConversation(world);
    conversation.ask("Count!");
    await settleDown();
    for (let tries = 0; conversation.streaming.value && tries < 35; tries++) {
      state.backOnline();
      await settleDown();
    }
    expect(conversation.finished.value).toMatchObject([{ answer: "One two three.", end: "answered" }]);
    expect(proxy.begun).toHaveLength(1);
  });
});

describe("the page a question is about", () => {
  it("is sent only if the visitor chose that, and again with a retry", async () => {
    const fates: Fate[] = ["whole", { code: "too-many", retryAfter: 1 }];
    const proxy = scriptedProxy([answerOf("Ten euros."), answerOf("Eleven.", "m2")], fates);
    const { world, state } = scriptedWorld(proxy.transport);
    const conversation = createConversation(world);
    conversation.ask("Cost?");
    await settleDown();
    state.about.page = page;
    conversation.ask("And here?");
    await settleDown();
    state.about.page = null;
    conversation.retry("t2");
    await settleDown();
    expect(proxy.begun).toMatchObject([
      { turn: "t1", prompt: "Cost?", language: "en" },
      { turn: "t3", prompt: "And here?", language: "en", page },
    ]);
  });
});
