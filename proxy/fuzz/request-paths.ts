/** Random paths and queries: our routes with valid and hostile ids, and any others. */
import * as fc from "fast-check";
import { patterns } from "../protocol/paths.ts";
import { ownNames } from "./secrets.ts";

const nastyIds = [
  ...ownNames,
  "",
  ".",
  "..",
  "%2e%2e",
  "..%2f..%2f9",
  "%252e%252e%252f",
  "%00",
  "%0d%0ax-injected:%201",
  "a%3fb",
  "a%23b",
  "a;b",
  "a@evil.test",
  "a%5cb",
  "%c0%ae%c0%ae",
  "%E0%A4%A",
  "%",
  "%ff",
  "9".repeat(300),
  "{}",
  "*",
  ":agent",
  "default%20",
  "DEFAULT",
  "7",
  "-1",
  "NaN",
  "null",
];
const id = (good: string) =>
  fc.oneof(
    { arbitrary: fc.constant(good), weight: 6 },
    { arbitrary: fc.constantFrom(...nastyIds), weight: 3 },
    { arbitrary: fc.string({ maxLength: 20 }).map(encodeURIComponent), weight: 1 },
    // One letter of a good one changed.
    { arbitrary: fc.nat(200).map((place) => `${good}~${place}`), weight: 1 },
  );

const goodIds: Record<string, string> = {
  agent: "default",
  conversation: "{conversation}",
  turn: "{turn}",
  message: "{message}",
  picture: "{picture}",
  file: "main.js",
};

export const knownPath = fc
  .constantFrom(...Object.values(patterns))
  .chain((pattern) =>
    fc
      .tuple(
        ...pattern
          .split("/")
          .map((part) => (part.startsWith(":") ? id(goodIds[part.slice(1)] ?? "x") : fc.constant(part))),
      )
      .map((parts) => parts.join("/")),
  );
export const anyPath = fc
  .array(
    fc.oneof(
      fc.constantFrom("v1", "agents", "conversations", "messages", "turns", "projects", "api", ...nastyIds),
      fc.webPath(),
    ),
    {
      maxLength: 7,
    },
  )
  .map((parts) => `/${parts.join("/")}`);
export const query = fc.oneof(
  { arbitrary: fc.constant(""), weight: 5 },
  { arbitrary: fc.webQueryParameters().map((text) => `?${text}`), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      "?__proto__[x]=1",
      "?constructor=1",
      "?%",
      "?a=%E0%A4%A",
      "?project=9&key=1",
      "#x",
    ),
    weight: 1,
  },
);
