/** Parser of `Host` and `X-Forwarded-Host` headers: a name or an address, and a port. */

export type Host = {
  /** In lower case; an IPv6 address is in brackets. */
  name: string;
  /** Null where none was written. */
  port: string | null;
};

const maxLength = 261;
const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const pattern = new RegExp(String.raw`^(\[[\da-f:.]+\]|${label}(?:\.${label})*)\.?(?::(\d{1,5}))?$`, "i");

/** Null for anything that is no host: markup, lists, credentials, paths, addresses that no URL can hold. */
export function readHost(written: string | null | undefined): Host | null {
  const [, name, port = null] = pattern.exec(written?.slice(0, maxLength + 1) ?? "") ?? [];
  if (name === undefined || (written ?? "").length > maxLength) return null;
  const address = `http://${name}${port === null ? "" : `:${port}`}`;
  return URL.canParse(address) ? { name: name.toLowerCase(), port } : null;
}

/** Whether the name is an IP address, not a name that can be registered. */
export function isAddress(name: string): boolean {
  return name.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(name);
}
