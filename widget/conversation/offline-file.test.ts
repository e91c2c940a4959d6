import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerOf, scriptedProxy } from "./testing/scripted-proxy.ts";
import { scriptedWorld } from "./testing/scripted-environment.ts";
import { withdrawQuestion } from "./stop-turn.ts";

beforeEach(() => {
  vi.resetModules();
  vi.doMock("./turn.lazy.ts", () => {
    throw new Error("There is no network to fetch it.");
  });
});
afterEach(() => {
  vi.doUnmock("./turn.lazy.ts");
});

const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

async function askedOffline() {
  const { createConversation } = await import("./create-conversation.ts");
  const proxy = scriptedProxy([answerOf("Ten euros.")]);
  const { world, state } = scriptedWorld(proxy.transport);
  state.online = false;
  const conversation = createConversation(world);
  conversation.ask("Cost?");
  await expect.poll(() => conversation.streaming.value?.phase.value).toBe("offline");
  return { proxy, world, state, conversation };
}

describe("a question asked without a network, before its file was loaded", () => {
  it("cannot be withdrawn once it was sent", async () => {
    const { proxy, world, state, conversation } = await askedOffline();
    const usual = { ...proxy.transport };
    let back: string | null = "not yet sent";
    proxy.transport.ask = (...given) => {
      back = withdrawQuestion(conversation.state, world.store);
      return usual.ask(...given);
    };
    vi.doUnmock("./turn.lazy.ts");
    state.backOnline();
    await expect.poll(() => conversation.finished.value).toHaveLength(1);
    expect(back).toBeNull();
    expect(conversation.finished.value).toMatchObject([{ answer: "Ten euros.", end: "answered" }]);
  });

  it("stops waiting when the chat is removed", async () => {
    const { state, conversation } = await askedOffline();
    conversation.dispose();
    await aMoment();
    const before = state.pauses.length;
    await aMoment();
    expect(state.pauses).toHaveLength(before);
    expect(before).toBe(1);
  });
});
