/** Tests of what the log contains of an unexpected error. */
import { expect, it } from "vitest";
import { errorOutline } from "./safe-error.ts";

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("It did not throw.");
}

it("says what kind of error it was and where, and nothing of what a visitor wrote", () => {
  const told = errorOutline(thrownBy(() => void JSON.parse("my card is 4111\n    at home (secret.ts:1:1)")));
  expect(told.error).toBe("SyntaxError");
  expect(told.stack?.join()).toContain("safe-error.test.ts");
  expect(JSON.stringify(told)).not.toMatch(/4111|card/);
});

it("keeps a system's error code, but no other code", () => {
  expect(errorOutline(Object.assign(new Error("x"), { code: "ECONNRESET" })).code).toBe("ECONNRESET");
  expect(errorOutline(Object.assign(new Error("x"), { code: "what I typed" }))).not.toHaveProperty("code");
});

it("contains only the type of a value that is no error", () => {
  expect(errorOutline("a prompt")).toEqual({ error: "string" });
});
