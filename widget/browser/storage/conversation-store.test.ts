import { beforeEach, describe, expect, it } from "vitest";
import type { Lifetime } from "../../options/parsers.ts";
import { migrateStored } from "./migrate.lazy.ts";
import { saveOpen, wasOpen } from "./panel-state.ts";
import { notesKey, storageKey } from "./keys.ts";
import { createStore } from "./conversation-store.ts";
import type { StoreOptions } from "./conversation-store.ts";

const key = storageKey("https://chat.example.com", "default");
const place = { conversation: "c1", visitor: "v1" };
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

describe("a remembered conversation", () => {
  it("is there after a reload, and gone when forgotten", () => {
    memoryWith().save({ place, pending });
    expect(memoryWith().load()).toEqual({ place, pending });
    const stopped = { ...pending, stopped: "As far as" };
    memoryWith().save({ place, pending: stopped });
    expect(memoryWith().load()).toEqual({ place, pending: stopped });
    memoryWith().forget();
    expect(localStorage.length).toBe(0);
    expect(memoryWith().load()).toBeNull();
  });

  it("writes nothing by being asked for, or by starting over before anything was asked", () => {
    const memory = memoryWith();
    memory.load();
    memory.archive("What?");
    wasOpen(() => localStorage, key);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("of one agent is not another's", () => {
    memoryWith().save({ place, pending: null });
    const other = storageKey("https://chat.example.com", "sales");
    expect(memoryWith({ key: other }).load()).toBeNull();
  });

  it("lives as long as the page where storage is blocked, earlier ones too", () => {
    const memory = memoryWith({ device: blocked, tab: blocked });
    expect(memory.load()).toBeNull();
    memory.save({ place, pending: null });
    expect(memory.load()).toEqual({ place, pending: null });
    memory.archive("Cost?");
    expect(memory.load()).toBeNull();
    expect(memory.read()).toMatchObject({ earlier: { 0: { name: "Cost?", place } } });
    memory.clear();
    expect(memory.read()).toBeNull();
  });

  it("lives as long as the page where storage does not give back what it was given", () => {
    const memory = memoryWith({ device: () => stuckAt('{"version":1,"place":[]}') });
    memory.save({ place, pending });
    expect(memory.load()).toEqual({ place, pending });
  });

  it("is not overtaken by an older one when storage is full", () => {
    memoryWith().save({ place: { conversation: "old", visitor: "v0" }, pending: null });
    const memory = memoryWith({ device: () => fullBeyond(0) });
    memory.save({ place, pending: null });
    expect(memory.load()).toEqual({ place, pending: null });
    expect(localStorage.getItem(key)).toBeNull();
  });

  it("keeps what a storage that is nearly full still takes", () => {
    memoryWith().save({ place, pending: null });
    memoryWith().archive("Cost?");
    const room = (localStorage.getItem(key) ?? "").length + 100;
    const memory = memoryWith({ device: () => fullBeyond(room) });
    memory.save({ place, pending: { ...pending, stopped: "words ".repeat(100) } });
    expect(memory.load()?.pending?.stopped).toContain("words");
    expect(memoryWith().load()).toEqual({ place, pending: null });
    expect(memoryWith().read()).toMatchObject({ earlier: { 0: { name: "Cost?" } } });
  });

  it("that is spoilt, or of a version still to come, is none, and does no harm", () => {
    for (const spoilt of [
      "",
      "{",
      "4",
      "null",
      '{"version":2}',
      '{"version":2,"place":{"conversation":1}}',
    ]) {
      localStorage.setItem(key, spoilt);
      expect(memoryWith().load()).toBeNull();
      memoryWith().archive("What?");
      expect(localStorage.getItem(key)).toBe(spoilt);
    }
    const other = JSON.stringify({ version: 3, place, pending });
    localStorage.setItem(key, other);
    expect(memoryWith().load()).toBeNull();
    expect(localStorage.getItem(key)).toBe(other);
  });

  it("of the first version is read, and kept in today's", () => {
    const before = { id: "t1", ...rest };
    localStorage.setItem(key, JSON.stringify({ version: 1, who: "", place, pending: before }));
    expect(memoryWith().load()).toEqual({ place, pending: { ...before, name: "t1", secret: null } });
    memoryWith({ at: 7 }).save({ place, pending: null });
    expect(memoryWith().read()).toEqual({ version: 2, who: "", place, pending: null, at: 7 });
  });

  it("has the turn's id where tabs that still run an older version look for it, so that they ask under no other", () => {
    memoryWith().save({ place: null, pending });
    expect(memoryWith().read()).toMatchObject({ pending: { id: "t1" } });
  });

  it("goes by the name of its first question, however it goes on", () => {
    memoryWith().save({ place: null, pending });
    memoryWith().save({ place, pending: null });
    memoryWith().save({ place, pending: { ...pending, question: "And then?" } });
    expect(memoryWith().read()).toMatchObject({ name: "Cost?" });
  });

  it("is thrown away when it was somebody else's", () => {
    sessionStorage.setItem(notesKey(key), "What Ann has typed");
    memoryWith({ who: () => "ann" }).save({ place, pending });
    expect(memoryWith().load()).toBeNull();
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("that somebody else began in another tab meanwhile is left alone", () => {
    const memory = memoryWith({ who: () => "ann" });
    memoryWith().save({ place, pending });
    expect(memory.load()).toBeNull();
    expect(memoryWith().load()).toEqual({ place, pending });
  });
});

describe("how long it is kept", () => {
  it("is so many days, counted from when it was last gone on with", () => {
    memoryWith({ at: 0 }).save({ place, pending });
    memoryWith({ at: 29 * day }).save({ place, pending: null });
    expect(memoryWith({ at: 59 * day }).load()).toEqual({ place, pending: null });
    expect(memoryWith({ at: 59 * day + 1 }).load()).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it("is the visit in this tab, and then nothing is kept on the device", () => {
    memoryWith({ lifetime: () => "visit" }).save({ place, pending });
    expect(localStorage.length).toBe(0);
    expect(memoryWith({ lifetime: () => "visit", at: 400 * day }).load()).toEqual({ place, pending });
    sessionStorage.clear();
    expect(memoryWith({ lifetime: () => "visit" }).load()).toBeNull();
  });

  it("is the page, and then nothing is stored at all", () => {
    const memory = memoryWith({ lifetime: () => "page" });
    memory.save({ place, pending });
    memory.archive("Cost?");
    memory.save({ place: null, pending });
    expect(memory.load()).toEqual({ place: null, pending });
    expect(memory.read()).toMatchObject({ earlier: { 0: { name: "Cost?" } } });
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("is what the owner says now: what was kept elsewhere moves, and nothing of it stays behind", () => {
    const lifetimes: readonly Lifetime[] = [30, "visit", "page"];
    for (const before of lifetimes.slice(0, 2)) {
      for (const after of lifetimes.filter((each) => each !== before)) {
        localStorage.clear();
        sessionStorage.clear();
        memoryWith({ lifetime: () => before }).save({ place, pending });
        const memory = memoryWith({ lifetime: () => after });
        expect(memory.elsewhere()).toHaveLength(1);
        migrateStored(memory);
        expect(memory.elsewhere()).toEqual([]);
        expect(memory.load()).toEqual({ place, pending });
        expect(localStorage.length).toBe(after === 30 ? 1 : 0);
        expect(sessionStorage.length).toBe(after === "visit" ? 1 : 0);
      }
    }
  });

  it("makes one that was kept elsewhere an earlier one where there is one already", () => {
    memoryWith({ lifetime: () => "visit", at: 5 }).save({ place, pending });
    const other = { conversation: "c2", visitor: "v2" };
    const memory = memoryWith();
    memory.save({ place: other, pending: null });
    migrateStored(memory);
    expect(memory.load()).toEqual({ place: other, pending: null });
    expect(memory.read()).toMatchObject({ earlier: { 5: { name: "Cost?", place } } });
  });
});

describe("whether the chat was open", () => {
  it("is kept for the next page", () => {
    const storage = sessionStorage;
    saveOpen(() => storage, key, true);
    expect(wasOpen(() => storage, key)).toBe(true);
    saveOpen(() => storage, key, false);
    expect(storage.length).toBe(0);
  });

  it("is not known where storage is blocked", () => {
    saveOpen(blocked, key, true);
    expect(wasOpen(blocked, key)).toBe(false);
  });
});
