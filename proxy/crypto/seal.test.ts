/** Tests of sealed ids. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSealer } from "./seal.ts";

const sealer = createSealer("s".repeat(32));

describe("a sealed id", () => {
  it("opens to what was sealed, whatever it was, and travels in a path unescaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, label) => {
        const sealed = sealer.seal(label, text);
        expect(sealed).toMatch(/^[\w-]+$/);
        expect(sealer.open(label, sealed)).toBe(text);
      }),
    );
  });

  it("is the same each time for the same thing, and another one for anything else", () => {
    expect(sealer.seal("a", "text")).toBe(sealer.seal("a", "text"));
    expect(sealer.seal("a", "text")).not.toBe(sealer.seal("b", "text"));
    expect(sealer.seal("a", "text").slice(0, 16)).not.toBe(sealer.seal("a", "texu").slice(0, 16));
    expect(sealer.seal("ab", "c").slice(0, 16)).not.toBe(sealer.seal("a", "bc").slice(0, 16));
  });

  it("shows nothing of what it holds", () => {
    const session = "1198da61-5f3a-4d31-9d5e-9a2a54c5b0ff";
    const sealed = sealer.seal("conversation", session);
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("1198da61");
  });

  it("opens neither under another label nor for another proxy", () => {
    const sealed = sealer.seal("message in one", "433");
    expect(sealer.open("message in two", sealed)).toBeNull();
    expect(createSealer("t".repeat(32)).open("message in one", sealed)).toBeNull();
  });

  it("does not open with any letter changed, cut off or added", () => {
    const sealed = sealer.seal("a", "text!");
    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom("A", "z", "0", "-", "_", "=", "+", "/", " "),
        (at, letter) => {
          fc.pre(sealed[at] !== letter);
          expect(sealer.open("a", sealed.slice(0, at) + letter + sealed.slice(at + 1))).toBeNull();
          expect(sealer.open("a", sealed.slice(0, at))).toBeNull();
          expect(sealer.open("a", sealed + letter)).toBeNull();
        },
      ),
    );
  });

  it("that is not ours opens to nothing and never throws", () => {
    for (const bad of ["", "..", "%2e%2e", "a/b", "__proto__", "constructor", "\0", "é", "A".repeat(100_000)])
      expect(sealer.open("a", bad)).toBeNull();
    fc.assert(
      fc.property(fc.base64String(), (text) => {
        expect(sealer.open("a", text)).toBeNull();
      }),
    );
  });
});
