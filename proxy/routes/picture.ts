/** Pictures that upstream named (avatars, sources' previews), fetched by us so that browsers load nothing elsewhere. */
import { forRequest } from "../metrics/request-id.ts";
import type { Citation } from "../protocol/bodies.ts";
import { pathTo } from "../protocol/paths.ts";
import { Refused } from "../http/errors.ts";
import type { Handler, Parts } from "../deps.ts";

const label = "picture";

/** The path on the proxy that serves a picture; null stays null. */
export function picturePath({ sealer }: Parts, address: string | null): string | null {
  return address === null ? null : pathTo("picture", { picture: sealer.seal(label, address) });
}

/** Citations as browsers get them: only the protocol's fields, pictures as paths of ours. */
export function publicCitations(parts: Parts, citations: readonly Citation[]): Citation[] {
  return citations.map(({ id, title, url, description, image }) => ({
    id,
    title,
    url,
    description,
    image: picturePath(parts, image),
  }));
}

/** `GET /v1/pictures/{picture}`. Only addresses we sealed ourselves are ever fetched. */
export function picture(parts: Parts): Handler {
  return async (c) => {
    const address = parts.sealer.open(label, c.req.param("picture") ?? "");
    if (address === null) throw new Refused("not-found");
    const { type, bytes } = await parts.upstream.picture(
      address,
      forRequest(c.req.raw.signal, c.get("requestId")),
    );
    return c.body(new Uint8Array(bytes), 200, {
      "content-type": type,
      "cache-control": "public, max-age=86400",
      // Opened by itself, it must never act as a page of ours.
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
  };
}
