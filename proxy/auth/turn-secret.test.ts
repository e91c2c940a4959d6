/** Tests of the stored digest of a first turn's secret. */
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { Refused } from "../http/errors.ts";
import { createTurnSecrets } from "./turn-secret.ts";

const digestOf = createTurnSecrets("a secret of the proxy, long enough");

it("is a digest that is the same each time, and different for another proxy", () => {
  const secret = randomUUID();
  const digest = digestOf(secret);
  expect(digest).not.toContain(secret);
  expect(createTurnSecrets("a secret of the proxy, long enough")(secret)).toBe(digest);
  expect(createTurnSecrets("another proxy's secret, long enough")(secret)).not.toBe(digest);
  expect(digestOf(randomUUID())).not.toBe(digest);
});

it.each([
  ["none", undefined, ""],
  ["22 letters of base64url", "A-_9".repeat(6).slice(0, 22), /^[\w-]{43}$/],
  ["128 letters", "x".repeat(128), /^[\w-]{43}$/],
])("of %s is accepted", (_, given, digest) => {
  expect(digestOf(given)).toMatch(digest === "" ? /^$/ : digest);
});

it.each([
  ["nothing", ""],
  ["too few letters to be a secret", "x".repeat(21)],
  ["too many", "x".repeat(129)],
  ["other signs", `${"x".repeat(22)} ,`],
])("is refused where there is %s", (_, given) => {
  expect(() => digestOf(given)).toThrow(Refused);
});
