import { expect, it, vi } from "vitest";
import * as parts from "./conversation.lazy.ts";
import { createViewLoader } from "./view-loader.ts";

type ConversationView = typeof parts;

it("the view is fetched once, however often it is requested", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  const { state, load } = createViewLoader(fetchFile);
  expect(state.value).toBe("loading");
  await Promise.all([load(), load()]);
  await load();
  expect(state.value).toBe(parts);
  expect(fetchFile).toHaveBeenCalledOnce();
});

it("a view that could not be fetched is missing until a retry succeeds", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  fetchFile.mockRejectedValueOnce(new Error("offline"));
  const { state, load } = createViewLoader(fetchFile);
  await load();
  expect(state.value).toBe("failed");
  await load();
  expect(state.value).toBe(parts);
});

it("a view that cannot be rendered is missing, and the promise does not reject", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  fetchFile.mockImplementationOnce(() => {
    throw new Error("by chance");
  });
  const { state, load } = createViewLoader(fetchFile);
  await expect(load()).resolves.toBeUndefined();
  expect(state.value).toBe("failed");
  await load();
  expect(state.value).toBe(parts);
});

it("an empty file counts as missing, and is requested only once at a time", async () => {
  const fetchFile = vi.fn<() => Promise<ConversationView>>(() => Promise.resolve(parts));
  fetchFile.mockResolvedValueOnce(JSON.parse("{}"));
  const { state, load } = createViewLoader(fetchFile);
  await load();
  expect(state.value).toBe("failed");
  const again = [load(), load()];
  expect(state.value).toBe("retrying");
  await Promise.all(again);
  expect(state.value).toBe(parts);
  expect(fetchFile).toHaveBeenCalledTimes(2);
});
