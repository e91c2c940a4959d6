/** Random request headers: those of browsers, and those that only scripts send. */
import * as fc from "fast-check";
import { identityHeader, proofHeader } from "../protocol/headers.ts";
import { site } from "../testing/fake-proxy.ts";

export const headers = fc
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
