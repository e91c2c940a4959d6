/** `GET /metrics` on the main port: for holders of the operator's token; to others the path does not exist. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestLimits } from "../middleware/request-limit.ts";
import { Refused } from "../http/errors.ts";
import type { Handler } from "../deps.ts";

/** Metrics as text, with their content type. */
export type Measurements = { type: string; text: () => Promise<string> };

/** `access` is null where there is no token: then there is nothing by that name. Guesses are limited. */
export function metrics(
  access: (Measurements & { token: string }) | null,
  limits: Pick<RequestLimits, "stranger">,
): Handler {
  const opens = access && tokenCheck(access.token);
  return async (c) => {
    if (!access || !opens?.(c.req.header("authorization"))) {
      limits.stranger(c);
      throw new Refused("not-found");
    }
    return c.body(await access.text(), 200, {
      "content-type": access.type,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  };
}

/** Whether an `authorization` header holds this token. */
export function tokenCheck(token: string): (authorization: string | undefined) => boolean {
  const wanted = digest(token);
  return (authorization = "") => {
    const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return given !== undefined && timingSafeEqual(digest(given), wanted);
  };
}

/** Digests have one length, so that the comparison's time reveals nothing. */
const digest = (text: string) => createHash("sha256").update(text).digest();
