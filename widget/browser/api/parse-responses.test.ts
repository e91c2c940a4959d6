import { afterEach, describe, expect, it } from "vitest";
import { readProblem, refusalIn } from "./parse-responses.ts";

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, "each");
});

describe("a problem whose code this widget does not know", () => {
  it.each(["from-a-newer-proxy", "toString", "constructor", "__proto__", "hasOwnProperty"])(
    "is a service that is down: %s",
    (code) => {
      expect(readProblem({ code })).toEqual({ code: "upstream-down" });
      expect(refusalIn({ problem: { code } })).toEqual({ code: "upstream-down" });
    },
  );

  it("is unknown too when the page adds its name to all objects", () => {
    Reflect.set(Object.prototype, "each", () => undefined);
    expect(readProblem({ code: "each" })?.code).toBe("upstream-down");
  });
});
