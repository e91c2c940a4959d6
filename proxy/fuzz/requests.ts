/** Random requests, as a browser or a script may send them. */
import * as fc from "fast-check";
import { site, turnId } from "../testing/fake-proxy.ts";
import { body } from "./request-bodies.ts";
import { headers } from "./request-headers.ts";
import { anyPath, knownPath, query } from "./request-paths.ts";

/** Placeholders for valid values of the scenario so far: `{conversation}`, `{visitor}`, `{turn}`, `{message}`, … */
export type Step = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
};

const method = fc.oneof(
  { arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"), weight: 8 },
  { arbitrary: fc.constantFrom("PATCH", "PROPFIND", "get", "constructor", "__proto__", "POSTS"), weight: 1 },
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

/** A step that usually succeeds, so that later steps have something to work with. */
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
