/** What is remembered of conversations. */
import { describe, expect, it } from "vitest";
import { Conversations } from "./conversations.ts";
import { Turn } from "./turn.ts";

describe("what is remembered of a conversation", () => {
  it("is its newest message, in whatever order messages are noted", () => {
    const conversations = new Conversations();
    expect(conversations.newest("a")).toBeUndefined();
    for (const message of [3, 9, 4]) conversations.noteMessage("a", message);
    expect(conversations.newest("a")).toBe(9);
  });

  it("is the turn that runs, until it ends", () => {
    const conversations = new Conversations();
    const turn = new Turn({ prompt: "a" });
    conversations.noteRunning("a", turn);
    expect(conversations.running("a")).toBe(turn);
    turn.finish(null);
    expect(conversations.running("a")).toBeUndefined();
  });

  it("is that it was forgotten, unless that is taken back", () => {
    const conversations = new Conversations();
    conversations.forget("a");
    expect(conversations.isForgotten("a")).toBe(true);
    conversations.recall("a");
    expect(conversations.isForgotten("a")).toBe(false);
  });

  it("stays bounded: the longest untouched conversations are let go", () => {
    const conversations = new Conversations(2);
    conversations.noteMessage("a", 1);
    conversations.noteMessage("b", 2);
    conversations.noteMessage("a", 3);
    conversations.noteMessage("c", 4);
    expect(["a", "b", "c"].map((id) => conversations.newest(id))).toEqual([3, undefined, 4]);
  });
});
