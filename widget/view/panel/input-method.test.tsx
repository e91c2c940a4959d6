/** Input methods: keys that they handle do nothing else in the chat. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isInputMethodKey } from "./input-method.ts";

it.each([
  ["while a word is composed, in Chromium and Firefox", { isComposing: true, keyCode: 229 }, true],
  ["where the code was lost on the way", { isComposing: true, keyCode: 0 }, true],
  ["just after the composition has ended, in Safari", { isComposing: false, keyCode: 229 }, true],
  ["with nothing composed", { isComposing: false, keyCode: 27 }, false],
])("Escape %s belongs to the input method: %o, %s", (_when, how, belongs) => {
  expect(isInputMethodKey(new KeyboardEvent("keydown", { key: "Escape", ...how }))).toBe(belongs);
});

it("every key handler of the view asks isInputMethodKey", () => {
  const view = join(import.meta.dirname, "..");
  const files = readdirSync(view, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|testing\//.test(name))
    .map((name) => ({ name, text: readFileSync(join(view, name), "utf8") }));
  const reading = files.filter(({ text }) => /event\.key\b/.test(text)).map(({ name }) => name);
  expect(reading.length).toBeGreaterThan(5);
  const asking = files.filter(({ text }) => /\bisInputMethodKey\(/.test(text)).map(({ name }) => name);
  expect(reading.filter((name) => !asking.includes(name) && name !== "a11y/focus.ts")).toEqual([]);
  const deciding = files.filter(({ text }) => /isComposing|keyCode/.test(text)).map(({ name }) => name);
  expect(deciding).toEqual(["panel/input-method.ts"]);
});
