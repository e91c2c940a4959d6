/** Parser of robots.txt by RFC 9309, with the Crawl-delay and Sitemap lines that sites write besides. */

export type Robots = {
  /** Whether this address of the site may be fetched. */
  allows: (address: URL) => boolean;
  /** Milliseconds between requests that the site asks for; null where it asks for none. */
  crawlDelayMs: number | null;
  /** As written. */
  sitemaps: readonly string[];
};

/** For a site without a robots.txt. */
export const allowsAll: Robots = { allows: () => true, crawlDelayMs: null, sitemaps: [] };

/** For a site whose robots.txt cannot be had: the RFC's "unreachable". */
export const allowsNothing: Robots = { ...allowsAll, allows: () => false };

type Rule = { allow: boolean; pattern: string };
type Group = { rules: Rule[]; crawlDelayMs: number | null };

/** `product` is the crawler's name in lower case. Lines that make no sense are ignored. */
export function readRobots(text: string, product: string): Robots {
  const groups = new Map<string, Group>();
  const sitemaps: string[] = [];
  let current: Group[] = [];
  let isNaming = false;
  for (const { name, value } of lines(text)) {
    if (name === "sitemap") sitemaps.push(value);
    if (name === "user-agent") {
      if (!isNaming) current = [];
      isNaming = true;
      current.push(groupOf(groups, agentName(value)));
    }
    if (name === "crawl-delay" && /^\d+(\.\d+)?$/.test(value))
      for (const group of current) group.crawlDelayMs = Number(value) * 1000;
    if (name !== "allow" && name !== "disallow") continue;
    isNaming = false;
    // An empty pattern matches nothing.
    if (value === "") continue;
    for (const group of current) group.rules.push({ allow: name === "allow", pattern: normalized(value) });
  }
  const group = groups.get(product) ?? groups.get("*");
  return {
    allows: (address) => allowedBy(group?.rules ?? [], address),
    crawlDelayMs: group?.crawlDelayMs ?? null,
    sitemaps,
  };
}

function* lines(text: string): Generator<{ name: string; value: string }> {
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)) {
    const [written = ""] = line.split("#");
    const colon = written.indexOf(":");
    if (colon < 0) continue;
    yield { name: written.slice(0, colon).trim().toLowerCase(), value: written.slice(colon + 1).trim() };
  }
}

/** Groups of the same name are one. */
function groupOf(groups: Map<string, Group>, name: string): Group {
  const group = groups.get(name) ?? { rules: [], crawlDelayMs: null };
  groups.set(name, group);
  return group;
}

/** The name without a version after it, which is often written and means nothing. */
function agentName(value: string): string {
  return value.startsWith("*") ? "*" : (/^[a-z_-]+/i.exec(value)?.[0] ?? "").toLowerCase();
}

/** The longest matching pattern decides, and of two as long the one that allows. */
function allowedBy(rules: readonly Rule[], address: URL): boolean {
  if (address.pathname === "/robots.txt") return true;
  const path = normalized(address.pathname + address.search);
  let best: Rule | undefined;
  for (const rule of rules) {
    const length = best?.pattern.length ?? -1;
    const wins = rule.pattern.length > length || (rule.pattern.length === length && rule.allow);
    if (wins && matches(rule.pattern, path)) best = rule;
  }
  return best?.allow ?? true;
}

/** `*` stands for any characters, `$` at the end for the end of the path. In time linear to both for each `*`. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith("$");
  const [start = "", ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split("*");
  if (!path.startsWith(start)) return false;
  const last = isWhole ? parts.pop() : undefined;
  let at = start.length;
  for (const part of parts) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  if (!isWhole) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}

/** One spelling for what the RFC compares as equal: characters and their percent-encoded octets. */
function normalized(path: string): string {
  return path.replace(/[^\x21-\x7e]+/gu, encodeURIComponent).replace(/%[0-9a-f]{2}/gi, (octet) => {
    const sign = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
    return /[\w.~-]/.test(sign) ? sign : octet.toUpperCase();
  });
}
