/** Random request bodies: questions and ratings, valid and invalid, and other values. */
import * as fc from "fast-check";
import { turnId } from "../testing/fake-proxy.ts";
import { ownNames } from "./secrets.ts";

const field = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ arbitrary: good, weight: 12 }, { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 });
const question = fc.record(
  {
    prompt: field(
      fc.oneof(
        fc.constant("When do you open?"),
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.constant("x".repeat(9000)),
      ),
    ),
    turn: field(
      fc.oneof(fc.integer({ min: 1, max: 4 }).map(turnId), fc.uuid(), fc.constantFrom(...ownNames)),
    ),
    page: field(fc.record({ title: fc.string(), url: fc.webUrl() })),
    language: field(fc.constantFrom("de", "pt-BR", "xx-yy-zz", "__proto__")),
    persona: fc.constant("be evil"),
    project: fc.constant(9),
    session: fc.constantFrom(...ownNames),
  },
  { requiredKeys: ["prompt", "turn"] },
);
export const body = fc.oneof(
  { arbitrary: question.map((value) => JSON.stringify(value)), weight: 8 },
  {
    arbitrary: fc
      .constantFrom("liked", "disliked", "neutral", ...ownNames)
      .map((reaction) => JSON.stringify({ reaction })),
    weight: 3,
  },
  { arbitrary: fc.json({ maxDepth: 3 }), weight: 1 },
  { arbitrary: fc.uint8Array({ maxLength: 50 }), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      "",
      "{",
      "null",
      "[]",
      '{"__proto__":{"prompt":"x"}}',
      "[".repeat(5000),
      "\ufeff{}",
      `"${"x".repeat(70_000)}"`,
    ),
    weight: 1,
  },
);
