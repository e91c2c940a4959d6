import { beforeEach, describe, expect, it } from "vitest";
import type { Lifetime } from "../../options/parsers.ts";
import { migrateStored } from "./migrate.lazy.ts";
import { saveOpen, wasOpen } from "./panel-state.ts";
import { notesKey, storageKey } from "./keys.ts";
import { createStore } from "./conversation-store.ts";
import type { StoreOptions } from "./conversation-store.ts";

const key = storageKey("https://chat.example.com", "default");
const ref = { conversation: "c1", visitor: "v1" };
const rest = { question: "Cost?", at: 5, taken: true, waits: false, after: null };
const pending = { id: "t1", name: "n1", secret: "s1", ...rest };
const day = 24 * 60 * 60 * 1_000;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

const blocked = (): Storage => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};

/** A storage that takes no text longer than this. */
const fullBeyond = (length: number, storage: Storage = localStorage) =>
  new Proxy(storage, {
    get: (target, name) =>
      name === "setItem"
        ? (at: string, text: string) => {
            if (text.length > length) throw new DOMException("Full.", "QuotaExceededError");
            target.setItem(at, text);
          }
        : Reflect.get(target, name).bind(target),
  });

/** A storage that a page has put in place of the browser's, and that always says the same. */
const stuckAt = (text: string) =>
  new Proxy(localStorage, {
    get: (target, name) => (name === "getItem" ? () => text : Reflect.get(target, name).bind(target)),
  });

/** The memory as the next page has it, `now` milliseconds after 1970. */
const memoryWith = (change: Partial<StoreOptions> & { at?: number } = {}) =>
  createStore({
    device: () => localStorage,
    tab: () => sessionStorage,
    key,
    lifetime: () => 30,
    who: () => "",
    now: () => change.at ?? 0,
    ...change,
  });

describe("a stored conversation", () => {
  it("is loaded after a reload, and not once forgotten", () => {
    memoryWith().save({ ref, pending });
    expect(memoryWith().load()).toEqual({ ref, pending });
    const stopped = { ...pending, stopped: "As far as" };
    memoryWith().save({ ref, pending: stopped });
    expect(memoryWith().load()).toEqual({ ref, pending: stopped });
    memoryWith().forget();
    expect(localStorage.length).toBe(0);
    expect(memoryWith().load()).toBeNull();
  });

  it("is not written by loading it, or by starting over before the first question", () => {
    const memory = memoryWith();
    memory.load();
    memory.archive("What?");
    wasOpen(() => localStorage, key);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("is separate for each agent", () => {
    memoryWith().save({ ref, pending: null });
    const other = storageKey("https://chat.example.com", "sales");
    expect(memoryWith({ key: other }).load()).toBeNull();
  });

  it("lasts as long as the page where storage is blocked, earlier ones too", () => {
    const memory = memoryWith({ device: blocked, tab: blocked });
    expect(memory.load()).toBeNull();
    memory.save({ ref, pending: null });
    expect(memory.load()).toEqual({ ref, pending: null });
    memory.archive("Cost?");
    expect(memory.load()).toBeNull();
    expect(memory.read()).toMatchObject({ earlier: { 0: { name: "Cost?", ref } } });
    memory.clear();
    expect(memory.read()).toBeNull();
  });

  it("lasts as long as the page where storage does not return the written value", () => {
    const memory = memoryWith({ device: () => stuckAt('{"version":1,"ref":[]}') });
    memory.save({ ref, pending });
    expect(memory.load()).toEqual({ ref, pending });
  });

  it("is not replaced by an older one when storage is full", () => {
    memoryWith().save({ ref: { conversation: "old", visitor: "v0" }, pending: null });
    const memory = memoryWith({ device: () => fullBeyond(0) });
    memory.save({ ref, pending: null });
    expect(memory.load()).toEqual({ ref, pending: null });
    expect(localStorage.getItem(key)).toBeNull();
  });

  it("is stored in part when storage is nearly full", () => {
    memoryWith().save({ ref, pending: null });
    memoryWith().archive("Cost?");
    const room = (localStorage.getItem(key) ?? "").length + 100;
    const memory = memoryWith({ device: () => fullBeyond(room) });
    memory.save({ ref, pending: { ...pending, stopped: "words ".repeat(100) } });
    expect(memory.load()?.pending?.stopped).toContain("words");
    expect(memoryWith().load()).toEqual({ ref, pending: null });
    expect(memoryWith().read()).toMatchObject({ earlier: { 0: { name: "Cost?" } } });
  });

  it("that is corrupt, or of a later version, is ignored", () => {
    for (const spoilt of ["", "{", "4", "null", '{"version":2}', '{"version":2,"ref":{"conversation":1}}']) {
      localStorage.setItem(key, spoilt);
      expect(memoryWith().load()).toBeNull();
      memoryWith().archive("What?");
      expect(localStorage.getItem(key)).toBe(spoilt);
    }
    const other = JSON.stringify({ version: 3, ref, pending });
    localStorage.setItem(key, other);
    expect(memoryWith().load()).toBeNull();
    expect(localStorage.getItem(key)).toBe(other);
  });

  it("of version 1 is read, and saved in the current version", () => {
    const before = { id: "t1", ...rest };
    localStorage.setItem(key, JSON.stringify({ version: 1, who: "", ref, pending: before }));
    expect(memoryWith().load()).toEqual({ ref, pending: { ...before, name: "t1", secret: null } });
    memoryWith({ at: 7 }).save({ ref, pending: null });
    expect(memoryWith().read()).toEqual({ version: 2, who: "", ref, pending: null, at: 7 });
  });

  it("has the turn's id where tabs that still run an older version look for it, so that they ask under no other", () => {
    memoryWith().save({ ref: null, pending });
    expect(memoryWith().read()).toMatchObject({ pending: { id: "t1" } });
  });

  it("keeps the name of its first question", () => {
    memoryWith().save({ ref: null, pending });
    memoryWith().save({ ref, pending: null });
    memoryWith().save({ ref, pending: { ...pending, question: "And then?" } });
    expect(memoryWith().read()).toMatchObject({ name: "Cost?" });
  });

  it("of another visitor is deleted", () => {
    sessionStorage.setItem(notesKey(key), "What Ann has typed");
    memoryWith({ who: () => "ann" }).save({ ref, pending });
    expect(memoryWith().load()).toBeNull();
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("that another visitor started in another tab is not changed", () => {
    const memory = memoryWith({ who: () => "ann" });
    memoryWith().save({ ref, pending });
    expect(memory.load()).toBeNull();
    expect(memoryWith().load()).toEqual({ ref, pending });
  });
});

describe("its lifetime", () => {
  it("is the owner's number of days since its last use", () => {
    memoryWith({ at: 0 }).save({ ref, pending });
    memoryWith({ at: 29 * day }).save({ ref, pending: null });
    expect(memoryWith({ at: 59 * day }).load()).toEqual({ ref, pending: null });
    expect(memoryWith({ at: 59 * day + 1 }).load()).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it("is the visit in this tab, without storage on the device", () => {
    memoryWith({ lifetime: () => "visit" }).save({ ref, pending });
    expect(localStorage.length).toBe(0);
    expect(memoryWith({ lifetime: () => "visit", at: 400 * day }).load()).toEqual({ ref, pending });
    sessionStorage.clear();
    expect(memoryWith({ lifetime: () => "visit" }).load()).toBeNull();
  });

  it("is the page, without any storage", () => {
    const memory = memoryWith({ lifetime: () => "page" });
    memory.save({ ref, pending });
    memory.archive("Cost?");
    memory.save({ ref: null, pending });
    expect(memory.load()).toEqual({ ref: null, pending });
    expect(memory.read()).toMatchObject({ earlier: { 0: { name: "Cost?" } } });
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("follows the owner's current option: data in another storage is moved", () => {
    const lifetimes: readonly Lifetime[] = [30, "visit", "page"];
    for (const before of lifetimes.slice(0, 2)) {
      for (const after of lifetimes.filter((each) => each !== before)) {
        localStorage.clear();
        sessionStorage.clear();
        memoryWith({ lifetime: () => before }).save({ ref, pending });
        const memory = memoryWith({ lifetime: () => after });
        expect(memory.elsewhere()).toHaveLength(1);
        migrateStored(memory);
        expect(memory.elsewhere()).toEqual([]);
        expect(memory.load()).toEqual({ ref, pending });
        expect(localStorage.length).toBe(after === 30 ? 1 : 0);
        expect(sessionStorage.length).toBe(after === "visit" ? 1 : 0);
      }
    }
  });

  it("makes one from another storage an earlier one where there is one already", () => {
    memoryWith({ lifetime: () => "visit", at: 5 }).save({ ref, pending });
    const other = { conversation: "c2", visitor: "v2" };
    const memory = memoryWith();
    memory.save({ ref: other, pending: null });
    migrateStored(memory);
    expect(memory.load()).toEqual({ ref: other, pending: null });
    expect(memory.read()).toMatchObject({ earlier: { 5: { name: "Cost?", ref } } });
  });
});

describe("the open state", () => {
  it("is stored for the next page", () => {
    const storage = sessionStorage;
    saveOpen(() => storage, key, true);
    expect(wasOpen(() => storage, key)).toBe(true);
    saveOpen(() => storage, key, false);
    expect(storage.length).toBe(0);
  });

  it("is unknown where storage is blocked", () => {
    saveOpen(blocked, key, true);
    expect(wasOpen(blocked, key)).toBe(false);
  });
});
