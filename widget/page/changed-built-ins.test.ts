/** Tests on pages that change built-in objects. */
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

/** Sets a member as a page's script does, until the test ends. */
function change(holder: object, name: string, value: unknown): void {
  const before = Reflect.getOwnPropertyDescriptor(holder, name);
  undo.push(() =>
    before ? Reflect.defineProperty(holder, name, before) : Reflect.deleteProperty(holder, name),
  );
  Reflect.defineProperty(holder, name, { value, configurable: true, writable: true });
}

it("a property added to all objects is not one of bare objects", () => {
  change(Object.prototype, "once", "added");
  const options = bare({ passive: true });
  expect(Reflect.get(options, "once")).toBeUndefined();
  expect(Reflect.get(options, "passive")).toBe(true);
});

it("values are serialized without the page's toJSON", () => {
  for (const { prototype } of [Object, Array, String, Number, Boolean])
    change(prototype, "toJSON", () => "[changed]");
  const value = { text: "a", number: 1, flag: true, list: ["b", { deep: null }] };
  expect(asJson(value)).toBe('{"text":"a","number":1,"flag":true,"list":["b",{"deep":null}]}');
});

it("code points are counted where Array.from takes only lists", () => {
  change(Array, "from", (given: unknown) => [given]);
  expect(codePointsOf("a👋")).toEqual(["a", "👋"]);
});

it("the last item of a list is found in engines without .at()", () => {
  change(Array.prototype, "at", undefined);
  expect(lastIn([1, 2, 3])).toBe(3);
  expect(lastIn([])).toBeUndefined();
});

it("microtasks run after the current script in engines without queueMicrotask", async () => {
  vi.stubGlobal("queueMicrotask", undefined);
  const done: string[] = [];
  soon(() => done.push("soon"));
  done.push("now");
  await Promise.resolve();
  expect(done).toEqual(["now", "soon"]);
});

it("the page's document is read where Document was replaced, without calling the page's proxy traps", () => {
  vi.stubGlobal("Document", function () {});
  change(Object.prototype, "has", () => false);
  change(Object.prototype, "getPrototypeOf", () => null);
  expect(pageDocument.body).toBe(document.body);
  expect("body" in pageDocument).toBe(true);
  expect(pageDocument).toBeInstanceOf(Node);
});
