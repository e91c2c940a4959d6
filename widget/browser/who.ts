/** Tells whether two identities are the same person's: a site signs a new one for every page. */

/**
 * A short fingerprint of the JWT's `iss` and `sub`; of all of it when it cannot be read, and nothing for nobody. It only
 * decides what this browser shows; whether an identity is good, the proxy says.
 */
export function whoIs(identity: string | null): string {
  if (!identity) return "";
  let text = identity;
  try {
    const { iss, sub } = JSON.parse(
      atob(identity.split(/\./)[1]?.replace(/-/g, "+").replace(/_/g, "/") ?? ""),
    );
    text = `${iss} ${sub}`;
  } catch {
    // The whole of it will do.
  }
  let hash = 0;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return `${hash}`;
}
