/** Secrets that must never reach a browser, and names that every object has. */

export const key = "4711|aKeyThatNoBrowserMayEverSee0123456789abcdefghijkl";
export const session = "0f0f0f0f-aaaa-4bbb-8ccc-session00001";
/** Placed where upstream reports about itself: errors, pages, headers, fields that we do not show. */
export const words = "Upstreams-Own-Words";

const secrets = [key, key.slice(5), session, words];

/** The secrets in a text. */
export function leaksIn(text: string): string[] {
  const plain = text.toLowerCase();
  return secrets.filter((secret) => plain.includes(secret.toLowerCase()));
}

export const ownNames = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf"];
