/** Tests of who may have an existing turn. */
import { expect, it } from "vitest";
import { isAbandoned, isTheirs } from "./is-theirs.ts";

const digest = "kQ7c".repeat(11).slice(0, 43);

it.each([
  ["who sends the same secret", digest, digest, true],
  ["who was let in by a token", digest, null, true],
  ["who was let in by a token, though it was asked without a secret", "", null, true],
  ["who sends none", digest, "", false],
  ["who sends none, though it was asked without one", "", "", false],
  ["who sends one, though it was asked without", "", digest, false],
  ["whose secret differs at the end", digest, `${digest.slice(0, -1)}!`, false],
  ["whose secret is as it begins", digest, digest.slice(0, -1), false],
])("%s: it is theirs or not", (_, known, given, theirs) => {
  expect(isTheirs({ digest: known }, given)).toBe(theirs);
});

it("may be asked again by anyone only if it was asked without a secret and not accepted", () => {
  expect(isAbandoned({ digest: "", retryable: true })).toBe(true);
  expect(isAbandoned({ digest: "", retryable: false })).toBe(false);
  expect(isAbandoned({ digest, retryable: true })).toBe(false);
});
