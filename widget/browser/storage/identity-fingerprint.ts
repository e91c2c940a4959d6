/** Fingerprint of a visitor's identity: the same for one person, though a site signs a new token for each page. */

/**
 * The JWT's `iss` and `sub`, told apart by the first one's length; all of it when it cannot be read, and nothing for
 * nobody. No digest of them: browsers have a good one over https only. It only decides what this browser shows; whether
 * an identity is good, the proxy says.
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
