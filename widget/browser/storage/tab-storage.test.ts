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
  it("is there again after a reload, for the chat that wrote it, until it is emptied", () => {
    notesOf("one")("draft", "half a thou");
    expect(notesOf("one")("draft")).toBe("half a thou");
    expect(notesOf("other")("draft")).toBe("");
    notesOf("one")("draft", "");
    expect(sessionStorage.length).toBe(0);
  });

  it("is neither kept nor found while there is no conversation", () => {
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

  it("stands beside others, and is found by nobody but whose it is", () => {
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

  it("is lost without a word where storage is blocked", () => {
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
