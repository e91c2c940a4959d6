/** `GET` of an image that upstream named (avatar, preview of a source), fetched by the proxy. */
import { forRequest } from "../metrics/request-id.ts";
import { pictureLabel } from "../answering/public-citations.ts";
import { Refused } from "../http/errors.ts";
import type { Handler, ProxyDeps } from "../deps.ts";

/** `GET /v1/pictures/{picture}`. Only addresses we sealed ourselves are ever fetched. */
export function picture(deps: ProxyDeps): Handler {
  return async (c) => {
    const address = deps.sealer.open(pictureLabel, c.req.param("picture") ?? "");
    if (address === null) throw new Refused("not-found");
    const { type, bytes } = await deps.upstream.picture(
      address,
      forRequest(c.req.raw.signal, c.get("requestId")),
    );
    return c.body(new Uint8Array(bytes), 200, {
      "content-type": type,
      "cache-control": "public, max-age=86400",
      // Opened as a page, an image must not run as a page of this origin.
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
  };
}
