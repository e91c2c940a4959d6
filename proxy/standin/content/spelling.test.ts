/** Mistyped words, and words that only look like one. */
import { expect, test } from "vitest";
import { meantWord } from "./spelling.ts";

const known = ["key", "widget", "black", "present", "wordpress", "accessibility", "keyboard", "cost"];

test.each([
  ["kye", "key"],
  ["widgit", "widget"],
  ["wordpres", "wordpress"],
  ["keybord", "keyboard"],
  ["acessibilty", "accessibility"],
])("takes %s for %s", (typed, meant) => {
  expect(meantWord(typed, known)).toBe(meant);
});

test.each(["slack", "president", "kid", "coast1", "cast", "ke", ""])(
  "takes “%s” for no other word",
  (typed) => {
    expect(meantWord(typed, known)).toBeUndefined();
  },
);

test("takes the nearest of several", () => {
  expect(meantWord("accessibilit", ["accessibilities", "accessibility"])).toBe("accessibility");
});
