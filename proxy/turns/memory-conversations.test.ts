/** Tests of the state of conversations between turns. */
import { describe, expect, it } from "vitest";
import { LocalConversations } from "./memory-conversations.ts";

describe("what is remembered of a conversation", () => {
  it("is its newest message, in whatever order messages are noted", () => {
    const conversations = new LocalConversations();
    expect(conversations.newest("a")).toBeUndefined();
    for (const message of [3, 9, 4]) conversations.noteMessage("a", message);
    expect(conversations.newest("a")).toBe(9);
  });

  it("is that it was deleted, unless that is reverted", () => {
    const conversations = new LocalConversations();
    conversations.forget("a");
    expect(conversations.isForgotten("a")).toBe(true);
    conversations.recall("a");
    expect(conversations.isForgotten("a")).toBe(false);
  });

  it("stays bounded: the least recently used conversations are dropped", () => {
    const conversations = new LocalConversations(2);
    conversations.noteMessage("a", 1);
    conversations.noteMessage("b", 2);
    conversations.noteMessage("a", 3);
    conversations.noteMessage("c", 4);
    expect(["a", "b", "c"].map((id) => conversations.newest(id))).toEqual([3, undefined, 4]);
  });
});
