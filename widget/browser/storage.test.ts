import { describe, expect, it } from "vitest";
import { keepOpen, wasOpen } from "./open-state.ts";
import { storageKey } from "./storage-key.ts";
import { createMemory } from "./storage.ts";

const key = storageKey("https://chat.example.com", "default");
const place = { conversation: "c1", visitor: "v1" };
const pending = { id: "t1", question: "Cost?", at: 5, taken: true, after: null };

function storageWith(entries: Record<string, string> = {}): Storage {
  const storage = window.sessionStorage;
  storage.clear();
  for (const [name, value] of Object.entries(entries)) storage.setItem(name, value);
  return storage;
}

const blocked = (): Storage => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};

describe("a remembered conversation", () => {
  it("is there after a reload, and gone when forgotten", () => {
    const storage = storageWith();
    createMemory(() => storage, key).remember({ place, pending });
    expect(createMemory(() => storage, key).recall()).toEqual({ place, pending });
    const stopped = { ...pending, stopped: "As far as" };
    createMemory(() => storage, key).remember({ place, pending: stopped });
    expect(createMemory(() => storage, key).recall()).toEqual({ place, pending: stopped });
    createMemory(() => storage, key).forget();
    expect(storage.length).toBe(0);
    expect(createMemory(() => storage, key).recall()).toBeNull();
  });

  it("writes nothing by being asked for", () => {
    const storage = storageWith();
    createMemory(() => storage, key).recall();
    wasOpen(() => storage, key);
    expect(storage.length).toBe(0);
  });

  it("of one agent is not another's", () => {
    const storage = storageWith();
    createMemory(() => storage, key).remember({ place, pending: null });
    const other = storageKey("https://chat.example.com", "sales");
    expect(createMemory(() => storage, other).recall()).toBeNull();
  });

  it("lives as long as the page where storage is blocked", () => {
    const memory = createMemory(blocked, key);
    expect(memory.recall()).toBeNull();
    memory.remember({ place, pending: null });
    expect(memory.recall()).toEqual({ place, pending: null });
    memory.forget();
    expect(memory.recall()).toBeNull();
  });

  it("is not overtaken by an older one when storage is full", () => {
    const storage = storageWith();
    createMemory(() => storage, key).remember({
      place: { conversation: "old", visitor: "v0" },
      pending: null,
    });
    const full = new Proxy(storage, {
      get: (target, name) =>
        name === "setItem"
          ? () => {
              throw new DOMException("Full.", "QuotaExceededError");
            }
          : Reflect.get(target, name).bind(target),
    });
    const memory = createMemory(() => full, key);
    memory.remember({ place, pending: null });
    expect(memory.recall()).toEqual({ place, pending: null });
    expect(storage.getItem(key)).toBeNull();
  });

  it("that is spoilt, or of another version, is none", () => {
    for (const spoilt of ["", "{", "4", "null", '{"version":1}', '{"version":1,"place":{"conversation":1}}'])
      expect(createMemory(() => storageWith({ [key]: spoilt }), key).recall()).toBeNull();
    const other = JSON.stringify({ version: 2, place, pending });
    expect(createMemory(() => storageWith({ [key]: other }), key).recall()).toBeNull();
  });
});

describe("whether the chat was open", () => {
  it("is kept for the next page", () => {
    const storage = storageWith();
    keepOpen(() => storage, key, true);
    expect(wasOpen(() => storage, key)).toBe(true);
    keepOpen(() => storage, key, false);
    expect(storage.length).toBe(0);
  });

  it("is not known where storage is blocked", () => {
    keepOpen(blocked, key, true);
    expect(wasOpen(blocked, key)).toBe(false);
  });
});
