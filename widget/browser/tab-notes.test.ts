import { beforeEach, describe, expect, it } from "vitest";
import { createTabNotes } from "./tab-notes.ts";

let may = true;
const notesOf = (key: string) =>
  createTabNotes(
    () => sessionStorage,
    key,
    () => may,
  );

beforeEach(() => {
  may = true;
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
    may = false;
    notesOf("one")("draft", "half a thou");
    expect(sessionStorage.length).toBe(0);
    may = true;
    notesOf("one")("draft", "half a thou");
    may = false;
    expect(notesOf("one")("draft")).toBe("");
    notesOf("one")("draft", "half a thought");
    expect(sessionStorage.length).toBe(0);
  });

  it("is lost without a word where storage is blocked", () => {
    const note = createTabNotes(
      () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
      "one",
      () => true,
    );
    expect(note("draft", "half")).toBe("half");
    expect(note("draft")).toBe("");
  });
});
