/** Fingerprint of a visitor's identity: the same for one person, though a site signs a new token for each page. */

/**
 * The JWT's `iss` and `sub`, with the length of the first to separate them; the whole token when it is invalid; empty
 * without one. Not a digest, which browsers compute over https only. It only decides what this browser shows; the proxy
 * verifies the identity.
 */
export function fingerprintOf(identity: string | null): string {
  if (!identity) return "";
  try {
    const { iss = "", sub } = JSON.parse(
      atob(identity.split(/\./)[1]?.replace(/-/g, "+").replace(/_/g, "/") ?? ""),
    );
    return `${iss.length} ${iss} ${sub}`;
  } catch {
    return identity;
  }
}
