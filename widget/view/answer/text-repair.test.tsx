/** A block that is drawn anew, and what becomes of one that cannot be. */
import { expect, it, vi } from "vitest";
import { RepairedText } from "./text-repair.tsx";

it("fails for good where drawing it anew fails too, and has another chance once it was drawn", () => {
  const block = new RepairedText({ children: null, among: new Set() });
  const draw = vi.spyOn(block, "forceUpdate").mockImplementation(() => {});
  block.componentDidCatch(new Error("first"));
  expect(draw).toHaveBeenCalledTimes(1);
  expect(() => block.componentDidCatch(new Error("second"))).toThrow("second");
  block.componentDidUpdate();
  block.componentDidCatch(new Error("third"));
  expect(draw).toHaveBeenCalledTimes(2);
});
