/** Tests of a pending jump: for one page, once. */
import { beforeEach, expect, it } from "vitest";
import { savePendingJump, takePendingJump } from "./pending-jump.ts";

const storage = () => sessionStorage;
const wish = { said: ["It costs nothing."], about: null };

beforeEach(() => sessionStorage.clear());

it("is returned on its page, once", () => {
  savePendingJump(storage, "https://a.example/b?", wish, 1_000);
  expect(takePendingJump(storage, "https://a.example/b?", 5_000)).toMatchObject(wish);
  expect(sessionStorage.length).toBe(0);
  expect(takePendingJump(storage, "https://a.example/b?", 5_001)).toBeNull();
});

it.each([
  ["another page", "https://a.example/c?", 5_000],
  ["a page that was opened much later", "https://a.example/b?", 100_000],
])("is removed on %s", (_, page, now) => {
  savePendingJump(storage, "https://a.example/b?", wish, 1_000);
  expect(takePendingJump(storage, page, now)).toBeNull();
  expect(sessionStorage.length).toBe(0);
});

it.each(["", "null", "{", '{"page":"https://a.example/b?","at":1,"about":null,"said":[1]}', '["a"]'])(
  "that somebody else has put there as %j is none",
  (text) => {
    sessionStorage.setItem("customgpt-widget:passage", text);
    expect(takePendingJump(storage, "https://a.example/b?", 2)).toBeNull();
    expect(sessionStorage.length).toBe(0);
  },
);

it("needs no storage", () => {
  const blocked = () => {
    throw new Error("SecurityError");
  };
  expect(() => savePendingJump(blocked, "https://a.example/b?", wish, 1)).not.toThrow();
  expect(takePendingJump(blocked, "https://a.example/b?", 2)).toBeNull();
});
