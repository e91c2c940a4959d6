/** Citations for browsers, with images that the proxy serves itself. */
import type { Citation } from "../protocol/bodies.ts";
import { pathTo } from "../protocol/paths.ts";
import type { ProxyDeps } from "../deps.ts";

/** What addresses of pictures are sealed for. */
export const pictureLabel = "picture";

/** The path on the proxy that serves a picture; null stays null. */
export function picturePath({ sealer }: ProxyDeps, address: string | null): string | null {
  return address === null ? null : pathTo("picture", { picture: sealer.seal(pictureLabel, address) });
}

/** Citations as browsers get them: only the protocol's fields, pictures as paths of ours. */
export function publicCitations(deps: ProxyDeps, citations: readonly Citation[]): Citation[] {
  return citations.map(({ id, title, url, description, image }) => ({
    id,
    title,
    url,
    description,
    image: picturePath(deps, image),
  }));
}
