import { expect, it, vi } from "vitest";
import * as parts from "./conversation.lazy.ts";
import { createViewLoader } from "./view-loader.ts";

type ConversationView = typeof parts;

it("the parts of a conversation are fetched once, however often they are asked for", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  const { state, load } = createViewLoader(fetchFile);
  expect(state.value).toBe("coming");
  await Promise.all([load(), load()]);
  await load();
  expect(state.value).toBe(parts);
  expect(fetchFile).toHaveBeenCalledOnce();
});

it("parts that could not be fetched are missing, until a later try succeeds", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  fetchFile.mockRejectedValueOnce(new Error("offline"));
  const { state, load } = createViewLoader(fetchFile);
  await load();
  expect(state.value).toBe("missing");
  await load();
  expect(state.value).toBe(parts);
});

it("parts that cannot be shown are missing, and nobody's promise is broken", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  fetchFile.mockImplementationOnce(() => {
    throw new Error("by chance");
  });
  const { state, load } = createViewLoader(fetchFile);
  await expect(load()).resolves.toBeUndefined();
  expect(state.value).toBe("missing");
  await load();
  expect(state.value).toBe(parts);
});

it("a file that comes empty is missing, and none is asked for a second time while one is on its way", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  fetchFile.mockResolvedValueOnce(JSON.parse("{}"));
  const { state, load } = createViewLoader(fetchFile);
  await load();
  expect(state.value).toBe("missing");
  const again = [load(), load()];
  expect(state.value).toBe("again");
  await Promise.all(again);
  expect(state.value).toBe(parts);
  expect(fetchFile).toHaveBeenCalledTimes(2);
});
