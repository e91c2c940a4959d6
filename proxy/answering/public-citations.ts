/** Citations for browsers, with images that the proxy serves itself. */
import type { Citation } from "../protocol/bodies.ts";
import { pathTo } from "../protocol/paths.ts";
import type { ProxyDeps } from "../deps.ts";

/** Label under which image addresses are sealed. */
export const pictureLabel = "picture";

/** The path on the proxy that serves a picture; null stays null. */
export function picturePath({ sealer }: ProxyDeps, address: string | null): string | null {
  return address === null ? null : pathTo("picture", { picture: sealer.seal(pictureLabel, address) });
}

/** Citations for browsers: only the protocol's fields, images as paths of the proxy. */
export function publicCitations(deps: ProxyDeps, citations: readonly Citation[]): Citation[] {
  return citations.map(({ id, title, url, description, image }) => ({
    id,
    title,
    url,
    description,
    image: picturePath(deps, image),
  }));
}
