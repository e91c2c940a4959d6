/** Pages that change what all scripts stand on: what is ours stays as it was meant. */
import { afterEach, expect, it, vi } from "vitest";
import { asJson } from "../builtins/as-json.ts";
import { bare } from "../builtins/bare.ts";
import { codePointsOf } from "../builtins/code-points.ts";
import { lastIn } from "../builtins/last.ts";
import { soon } from "../builtins/microtask.ts";
import { pageDocument } from "../builtins/page-document.ts";

const undo: (() => unknown)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).toReversed()) step();
  vi.unstubAllGlobals();
});

/** Sets a member as a page's script does, until the test is over. */
function change(holder: object, name: string, value: unknown): void {
  const before = Reflect.getOwnPropertyDescriptor(holder, name);
  undo.push(() =>
    before ? Reflect.defineProperty(holder, name, before) : Reflect.deleteProperty(holder, name),
  );
  Reflect.defineProperty(holder, name, { value, configurable: true, writable: true });
}

it("what was added to all objects is no member of bare ones", () => {
  change(Object.prototype, "once", "added");
  const options = bare({ passive: true });
  expect(Reflect.get(options, "once")).toBeUndefined();
  expect(Reflect.get(options, "passive")).toBe(true);
});

it("values are sent and kept as they are, whatever a toJSON would make of them", () => {
  for (const { prototype } of [Object, Array, String, Number, Boolean])
    change(prototype, "toJSON", () => "[changed]");
  const value = { text: "a", number: 1, flag: true, list: ["b", { deep: null }] };
  expect(asJson(value)).toBe('{"text":"a","number":1,"flag":true,"list":["b",{"deep":null}]}');
});

it("a text's characters are counted where Array.from takes lists only", () => {
  change(Array, "from", (given: unknown) => [given]);
  expect(codePointsOf("a👋")).toEqual(["a", "👋"]);
});

it("the last of a list is found in engines without .at()", () => {
  change(Array.prototype, "at", undefined);
  expect(lastIn([1, 2, 3])).toBe(3);
  expect(lastIn([])).toBeUndefined();
});

it("what is to be done soon is, after what runs now, in engines without queueMicrotask", async () => {
  vi.stubGlobal("queueMicrotask", undefined);
  const done: string[] = [];
  soon(() => done.push("soon"));
  done.push("now");
  await Promise.resolve();
  expect(done).toEqual(["now", "soon"]);
});

it("the page's document is read where Document is another thing, and no trap of the page's is asked", () => {
  vi.stubGlobal("Document", function () {});
  change(Object.prototype, "has", () => false);
  change(Object.prototype, "getPrototypeOf", () => null);
  expect(pageDocument.body).toBe(document.body);
  expect("body" in pageDocument).toBe(true);
  expect(pageDocument).toBeInstanceOf(Node);
});
