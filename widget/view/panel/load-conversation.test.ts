import { expect, it, vi } from "vitest";
import * as parts from "../conversation.lazy.ts";
import { createPartsLoader, type ConversationView } from "./load-conversation.ts";

it("the parts of a conversation are fetched once, however often they are asked for", async () => {
  const load = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  const { state, bring } = createPartsLoader(load);
  expect(state.value).toBe("coming");
  await Promise.all([bring(), bring()]);
  await bring();
  expect(state.value).toBe(parts);
  expect(load).toHaveBeenCalledOnce();
});

it("parts that could not be fetched are missing, until a later try succeeds", async () => {
  const load = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  load.mockRejectedValueOnce(new Error("offline"));
  const { state, bring } = createPartsLoader(load);
  await bring();
  expect(state.value).toBe("missing");
  await bring();
  expect(state.value).toBe(parts);
});

it("parts that cannot be shown are missing, and nobody's promise is broken", async () => {
  const load = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  load.mockImplementationOnce(() => {
    throw new Error("by chance");
  });
  const { state, bring } = createPartsLoader(load);
  await expect(bring()).resolves.toBeUndefined();
  expect(state.value).toBe("missing");
  await bring();
  expect(state.value).toBe(parts);
});

it("a file that comes empty is missing, and none is asked for a second time while one is on its way", async () => {
  const load = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  load.mockResolvedValueOnce(JSON.parse("{}"));
  const { state, bring } = createPartsLoader(load);
  await bring();
  expect(state.value).toBe("missing");
  const again = [bring(), bring()];
  expect(state.value).toBe("again");
  await Promise.all(again);
  expect(state.value).toBe(parts);
  expect(load).toHaveBeenCalledTimes(2);
});
