/** Cutting answers into pieces. */
import { expect, test } from "vitest";
import { piecesOf } from "./pieces.ts";

test("pieces are about a word each and keep their leading spaces", () => {
  expect(piecesOf("Professor Moisture is here.")).toEqual([
    "Professo",
    "r",
    " Moisture",
    " is",
    " here",
    ".",
  ]);
});

test("joined they are the answer again, whatever it holds", () => {
  for (const text of ["", "  two  spaces \n\n- a\n- b `c` 🥐 naïve 日本語の文\n", "```html\n<b>\n```"]) {
    expect(piecesOf(text).join("")).toBe(text);
  }
});

test("a long answer has no more pieces than a patient reader waits for", () => {
  const text = "word ".repeat(2_000);
  const pieces = piecesOf(text);
  expect(pieces.length).toBeLessThanOrEqual(180);
  expect(pieces.join("")).toBe(text);
});
