/** Answers made to hurt: they stay shallow and throw nothing, whole and in pieces (growth.bench.ts says what they cost). */
import { describe, expect, it } from "vitest";
import { createMarkdownParser, parseMarkdown } from "./parser.ts";
import { hostile } from "./testing/hostile.ts";

function depth(value: unknown): number {
  let level: readonly unknown[] = [value];
  let found = 0;
  for (; level.length; found++) {
    level = level.flatMap((each) => (typeof each === "object" && each ? Object.values(each) : []));
  }
  return found;
}

describe("a hostile answer", { timeout: 60_000 }, () => {
  it.each(Object.entries(hostile))("of %j makes a shallow tree, the same in pieces", (_, make) => {
    const text = make(4000);
    const parser = createMarkdownParser();
    for (let at = 0; at < text.length; at += 512) parser.push(text.slice(at, at + 512));
    parser.end();
    expect(parser.blocks).toEqual(parseMarkdown(text));
    expect(depth(parser.blocks)).toBeLessThan(400);
  });

  it("of a million brackets is read", () => {
    expect(parseMarkdown("[".repeat(1_000_000))).toHaveLength(1);
  });

  it("cannot reach properties that every object inherits", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "valueOf"];
    for (const name of names) {
      expect(parseMarkdown(`[${name}] [a][${name}] &${name};`)).toEqual([
        { key: 1, kind: "paragraph", inlines: [{ kind: "text", text: `[${name}] [a][${name}] &${name};` }] },
      ]);
    }
  });

  it("with too many columns is no table", () => {
    expect(parseMarkdown(`${"|a".repeat(300)}\n${"|-".repeat(300)}`)[0]?.kind).toBe("paragraph");
  });
});
