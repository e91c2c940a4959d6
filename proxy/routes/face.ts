/** `GET /v1/agents/{agent}`: the agent's public face. */
import { createHash } from "node:crypto";
import { namedAgent } from "./agent.ts";
import type { Faces } from "./faces.ts";
import type { Handler, Parts } from "./parts.ts";

export function face(parts: Parts, faces: Faces): Handler {
  return async (c) => {
    const body = JSON.stringify(await faces.of(namedAgent(c, parts)));
    const headers = {
      etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
      "cache-control": "public, max-age=60",
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
    };
    return c.req.header("if-none-match") === headers.etag
      ? c.body(null, 304, headers)
      : c.body(body, 200, headers);
  };
}
