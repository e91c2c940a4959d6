/** Everything a browser, or somebody with a script, may send us, for fuzzing. */
import * as fc from "fast-check";
import { identityHeader, proofHeader } from "../protocol/headers.ts";
import { patterns } from "../protocol/paths.ts";
import { site, turnId } from "../testing/fake-proxy.ts";
import { ownNames } from "./secrets.ts";

/** What is put in for a good value of the scenario so far: `{conversation}`, `{visitor}`, `{turn}`, `{message}`, … */
export type Step = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
};

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

const knownPath = fc
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
const anyPath = fc
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
const query = fc.oneof(
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

const method = fc.oneof(
  { arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"), weight: 8 },
  { arbitrary: fc.constantFrom("PATCH", "PROPFIND", "get", "constructor", "__proto__", "POSTS"), weight: 1 },
);

const headers = fc
  .tuple(
    fc.record(
      {
        origin: fc.oneof(
          { arbitrary: fc.constant(site), weight: 12 },
          {
            arbitrary: fc.constantFrom(
              "null",
              "https://evil.test",
              `${site}.evil.test`,
              "https://a.example.org",
              "",
              "x",
              "http://[::",
            ),
            weight: 1,
          },
        ),
        authorization: fc.oneof(
          { arbitrary: fc.constant("Bearer {visitor}"), weight: 6 },
          {
            arbitrary: fc.constantFrom(
              "Bearer",
              "Bearer x",
              "Bearer a.b.c",
              "Basic eDp5",
              `Bearer ${"x".repeat(5000)}`,
              "Bearer __proto__",
              "Bearer {visitor}x",
            ),
            weight: 1,
          },
        ),
        "content-type": fc.oneof(
          { arbitrary: fc.constant("application/json"), weight: 10 },
          {
            arbitrary: fc.constantFrom(
              "text/plain",
              "application/json; charset=utf-16",
              "multipart/form-data",
              "",
            ),
            weight: 1,
          },
        ),
      },
      { requiredKeys: ["origin", "content-type"] },
    ),
    fc.dictionary(
      fc.constantFrom(
        "accept",
        "accept-language",
        "content-encoding",
        "content-length",
        "cookie",
        "if-none-match",
        "last-event-id",
        "range",
        "sec-fetch-site",
        "sec-fetch-mode",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-original-url",
        "x-http-method-override",
        "x-request-id",
        "access-control-request-method",
        "access-control-request-headers",
        "access-control-request-private-network",
        identityHeader,
        proofHeader,
        "__proto__",
      ),
      fc.oneof(
        fc.constantFrom(
          "application/json",
          "text/event-stream",
          "*/*;q=",
          "1",
          "-1",
          "99999999999999999999",
          "1.5",
          "NaN",
          "gzip",
          "cross-site",
          "*",
          "DELETE",
          "true",
        ),
        fc.constantFrom(
          "eyJhbGciOiJub25lIn0.e30.",
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA",
          "e30=",
          "bnVsbA==",
          "{}",
          '{"__proto__":1}',
        ),
        fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x21-\x7e]/g, "")),
      ),
      { maxKeys: 3 },
    ),
  )
  .map(([usual, more]): Record<string, string> => ({ ...more, ...usual }));

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
const body = fc.oneof(
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

export const step: fc.Arbitrary<Step> = fc
  .tuple(
    method,
    fc.oneof({ arbitrary: knownPath, weight: 6 }, { arbitrary: anyPath, weight: 1 }),
    query,
    headers,
    body,
  )
  .map(([chosen, path, search, given, sent]) => ({
    method: chosen,
    path: path + search,
    headers: given,
    body: /^(get|head)$/i.test(chosen) ? null : sent,
  }));

/** A step that most often works, so that what comes after it has something to work with. */
export const fineStep: fc.Arbitrary<Step> = fc
  .tuple(
    fc.constantFrom(
      ["POST", "/v1/agents/default/conversations"] as const,
      ["POST", "/v1/conversations/{conversation}/messages"] as const,
      ["GET", "/v1/conversations/{conversation}/messages"] as const,
      ["GET", "/v1/conversations/{conversation}/turns/{turn}"] as const,
      ["GET", "/v1/agents/default"] as const,
      ["GET", "/v1/pictures/{picture}"] as const,
      ["PUT", "/v1/conversations/{conversation}/messages/{message}/feedback"] as const,
      ["DELETE", "/v1/conversations/{conversation}"] as const,
    ),
    fc.integer({ min: 1, max: 4 }).map(turnId),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc.constantFrom("text/event-stream", "application/json"),
  )
  .map(([[chosen, path], turn, prompt, accept]) => ({
    method: chosen,
    path,
    headers: { origin: site, authorization: "Bearer {visitor}", "content-type": "application/json", accept },
    body:
      chosen === "POST" ? JSON.stringify({ prompt, turn }) : chosen === "PUT" ? '{"reaction":"liked"}' : null,
  }));
