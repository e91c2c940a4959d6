/** Tests of the refusals' shape. */
import { describe, expect, it } from "vitest";
import { problems } from "../protocol/problems.ts";
import { problemOf, refusalParts, Refused } from "./errors.ts";

describe("a refusal", () => {
  it("has its code, its sentence and its status, and is stored by nobody", () => {
    const { body, status, headers } = refusalParts(new Refused("not-found"));
    expect(JSON.parse(body)).toEqual({
      problem: { code: "not-found", message: problems["not-found"].message },
    });
    expect(status).toBe(404);
    expect(headers).toMatchObject({ "cache-control": "no-store", "content-type": "application/json" });
    expect(headers).not.toHaveProperty("retry-after");
  });

  it("tells the wait in whole seconds, in the body and in the header", () => {
    const { body, headers } = refusalParts(new Refused("too-many", { retryAfter: 1.2 }));
    expect(JSON.parse(body)).toMatchObject({ problem: { retryAfter: 2 } });
    expect(headers["retry-after"]).toBe("2");
    expect(problemOf("too-many", 0).retryAfter).toBe(1);
    expect(problemOf("too-many", Number.NaN)).not.toHaveProperty("retryAfter");
  });

  it("may have a more specific status and further headers, but never another content type", () => {
    const headers = { allow: "GET", "content-type": "text/html" };
    const parts = refusalParts(new Refused("bad-request", { status: 405, headers }));
    expect(parts.status).toBe(405);
    expect(parts.headers).toMatchObject({ allow: "GET", "content-type": "application/json" });
  });

  it("carries the owner's words for the visitor, and work to do first, when there are any", () => {
    const words = "Busy today: call 01234.";
    const proof = { algorithm: "SHA-256", challenge: "abc" };
    expect(JSON.parse(refusalParts(new Refused("too-many", { words })).body)).toMatchObject({
      problem: { code: "too-many", words },
    });
    const { body, status } = refusalParts(new Refused("not-allowed", { proof }));
    expect(JSON.parse(body)).toMatchObject({ problem: { code: "not-allowed", proof } });
    expect(status).toBe(403);
    expect(problemOf("too-many", 1)).toEqual({
      code: "too-many",
      message: problems["too-many"].message,
      retryAfter: 1,
    });
  });
});
