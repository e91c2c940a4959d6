import { beforeEach, describe, expect, it } from "vitest";
import { createTabStorage } from "./tab-storage.ts";

let owner: string | null = "";
const notesOf = (key: string) =>
  createTabStorage(
    () => sessionStorage,
    key,
    () => owner,
  );

beforeEach(() => {
  owner = "";
  sessionStorage.clear();
});

describe("a note", () => {
  it("survives a reload, for the same chat, until it is emptied", () => {
    notesOf("one")("draft", "half a thou");
    expect(notesOf("one")("draft")).toBe("half a thou");
    expect(notesOf("other")("draft")).toBe("");
    notesOf("one")("draft", "");
    expect(sessionStorage.length).toBe(0);
  });

  it("is neither stored nor found without a conversation", () => {
    owner = null;
    notesOf("one")("draft", "half a thou");
    expect(sessionStorage.length).toBe(0);
    owner = "";
    notesOf("one")("draft", "half a thou");
    owner = null;
    expect(notesOf("one")("draft")).toBe("");
    notesOf("one")("draft", "half a thought");
    expect(sessionStorage.length).toBe(0);
  });

  it("is separate from others, and found by its owner only", () => {
    owner = "ann";
    notesOf("one")("draft", "half a thou");
    notesOf("one")("page", "+/prices");
    expect([notesOf("one")("draft"), notesOf("one")("page")]).toEqual(["half a thou", "+/prices"]);
    owner = "";
    expect(notesOf("one")("draft")).toBe("");
    notesOf("one")("page", "-/prices");
    expect(Object.values(sessionStorage).join()).not.toContain("half");
    owner = "ann";
    expect(notesOf("one")("draft")).toBe("");
  });

  it("is lost without an error where storage is blocked", () => {
    const note = createTabStorage(
      () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
      "one",
      () => "",
    );
    expect(note("draft", "half")).toBe("half");
    expect(note("draft")).toBe("");
  });
});
