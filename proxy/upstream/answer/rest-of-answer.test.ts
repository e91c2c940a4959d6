/** Tests of the rest of a stored answer after a streamed beginning that was stored differently. */
import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { continuation } from "./rest-of-answer.ts";

describe("the rest after a streamed beginning", () => {
  it.each([
    ["the same letters", "Hello wor", "Hello world", "ld"],
    ["nothing yet", "", " Hello", " Hello"],
    ["only white space", "\n\n", "Hello", "Hello"],
    ["all of it", "Hello", "Hello", ""],
    ["all of it, stored trimmed", "\n Hello \n\n", "Hello", ""],
    ["all of it with other line ends", "Hello\nworld", "Hello\r\nworld", ""],
    ["all of it with other spaces", "Hello  world", "Hello world", ""],
    ["other line ends", "Hello\nworld", "Hello\r\nworld and\r\nmore", " and\r\nmore"],
    ["other line ends the other way", "a\r\nb", "a\nb\nc", "\nc"],
    ["two spaces for one", "Hello  wor", "Hello world, more.", "ld, more."],
    ["one space for two", "Hello wor", "Hello  world, more.", "ld, more."],
    ["a space at the end", "Hello\nyou ", "Hello\r\nyou there", "there"],
    ["two spaces at the end", "Hello  ", "Hello world", "world"],
    ["half of a paragraph's end", "Hello\n", "Hello\r\n\r\nworld", "\nworld"],
    ["no space at the end", "a\nb", "a\r\nb c", " c"],
    ["a space where a line ends", "Hello ", "Hello\nthere", "\nthere"],
    ["composed accents for parts", "Cafe\u0301 x", "Caf\u00e9 x and more", " and more"],
    ["parts for composed accents", "Caf\u00e9 x", "Cafe\u0301 x and more", " and more"],
    ["a letter whose accent is still to come", "a\nCafe", "a\r\nCaf\u00e9 x", "\u0301 x"],
    ["half a character", "a\n\ud83d", "a\r\n\ud83d\ude00 x", "\ude00 x"],
    ["composed syllables for parts", "\u1112\u1161\u11ab", "\ud55c\uad6d", "\uad6d"],
  ])("%s", (_, streamed, stored, rest) => {
    expect(continuation(stored, streamed)).toBe(rest);
  });

  it.each([
    ["another text", "Hello", "Good day"],
    ["a shorter text", "Hello world long", "Hello wor"],
    ["nothing", "Hello", ""],
    ["another case", "Hello w", "hello\nworld"],
  ])("is null when %s is stored", (_, streamed, stored) => {
    expect(continuation(stored, streamed)).toBeNull();
  });
});

it("streamed text and rest together are the stored answer, except for white space and composition", () => {
  const letter = constantFrom(
    "a",
    "e",
    "\u0301",
    "\u00e9",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\ud83d\ude00",
    "\ud55c",
  );
  const text = array(letter, { maxLength: 12 }).map((letters) => letters.join(""));
  const bare = (words: string) => words.normalize("NFD").replace(/\s/g, "");
  assert(
    property(text, text, constantFrom("NFC", "NFD"), (begun, more, form) => {
      const stored = begun.normalize("NFC").replaceAll("\n", "\r\n") + more;
      const streamed = begun.normalize(form).replaceAll(" ", "  ");
      const rest = continuation(stored, streamed);
      const isTold =
        rest === null ? !bare(stored).startsWith(bare(streamed)) : bare(streamed + rest) === bare(stored);
      expect(isTold).toBe(true);
    }),
  );
});

it("endless white space costs linear time", () => {
  const spent = process.cpuUsage();
  const wide = " ".repeat(100_000);
  expect(continuation(`a${wide}b`, `a${wide.slice(1)}b`)).toBe("");
  expect(continuation(`a${wide}b`, `a${wide}\t`)?.trim()).toBe("b");
  const { user, system } = process.cpuUsage(spent);
  // Microseconds; looked at from each of its places each took several seconds.
  expect(user + system).toBeLessThan(1_000_000);
});
