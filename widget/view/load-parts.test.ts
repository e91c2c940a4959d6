import { expect, it, vi } from "vitest";
import * as parts from "./answer-parts.ts";
import { createPartsLoader, type AnswerParts } from "./load-parts.ts";

it("the parts of answers are fetched once, however often they are asked for", async () => {
  const load = vi.fn<() => Promise<AnswerParts>>(() => Promise.resolve(parts));
  const { state, fetch } = createPartsLoader(load);
  expect(state.value).toBe("coming");
  await Promise.all([fetch(), fetch()]);
  await fetch();
  expect(state.value).toBe(parts);
  expect(load).toHaveBeenCalledOnce();
});

it("parts that could not be fetched are missing, until a later try succeeds", async () => {
  const load = vi.fn<() => Promise<AnswerParts>>(() => Promise.resolve(parts));
  load.mockRejectedValueOnce(new Error("offline"));
  const { state, fetch } = createPartsLoader(load);
  await fetch();
  expect(state.value).toBe("missing");
  await fetch();
  expect(state.value).toBe(parts);
});
