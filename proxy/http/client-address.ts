/** Client address of a request: the peer's, or the one that trusted proxies report. */

/**
 * Key under which a request's address is counted, or null when it is not known. IPv4 addresses are used unchanged, IPv6
 * ones as their /64, the smallest range of one household or rented server; `::ffff:1.2.3.4` is 1.2.3.4.
 *
 * `trusted` is the number of the owner's proxies in front. Each appends the address of its client to `X-Forwarded-For`,
 * so with n of them the n-th from the right is the last trustworthy one; the client may have made up all to its left.
 * When the header holds fewer, or no address at that place, the peer's address is used.
 */
export function clientAddress(
  peer: string | null | undefined,
  forwardedFor: string | null | undefined,
  trusted: number,
): string | null {
  const hops = trusted > 0 && forwardedFor ? forwardedFor.split(",") : [];
  const vouchedFor = hops[hops.length - trusted];
  return addressBucket(vouchedFor ?? "") ?? addressBucket(peer ?? "");
}

/** The bucket of one address from a header or a socket: port, brackets, quotes and zone are dropped. */
function addressBucket(written: string): string | null {
  const bare = written.trim().replace(/^"(.*)"$/, "$1");
  const inBrackets = /^\[([^\]]*)\](:\d{1,5})?$/.exec(bare)?.[1];
  const withPort = /^([\d.]+):\d{1,5}$/.exec(bare)?.[1];
  const address = (inBrackets ?? withPort ?? bare).replace(/%.*$/, "");
  const four = ipv4Groups(address);
  if (four) return address;
  const groups = ipv6Groups(address);
  if (!groups) return null;
  const [, , , , , mark, high = 0, low = 0] = groups;
  if (mark === 0xffff && groups.slice(0, 5).every((group) => group === 0))
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** The address as two groups of 16 bits; null for anything but four plain decimal numbers. */
function ipv4Groups(address: string): [number, number] | null {
  const numbers = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/
    .exec(address)
    ?.slice(1)
    .map(Number);
  const [a, b, c, d] = numbers ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return Math.max(a, b, c, d) > 255 ? null : [a * 256 + b, c * 256 + d];
}

/** The eight groups of an IPv6 address (RFC 4291, section 2.2), or null. */
function ipv6Groups(address: string): number[] | null {
  // The longest one has 45 letters; nothing longer is worth taking apart.
  if (address.length > 45) return null;
  const sides = address.split("::");
  if (sides.length > 2) return null;
  const [start, end] = sides.map((side, place) => groupsOf(side, place === sides.length - 1));
  if (!start) return null;
  if (!end) return sides.length === 1 && start.length === 8 ? start : null;
  const missing = 8 - start.length - end.length;
  return missing < 1 ? null : [...start, ...Array.from({ length: missing }, () => 0), ...end];
}

/** One side of the `::`, of which the last may end as an IPv4 address; null when it is not well-formed. */
function groupsOf(side: string, isLast: boolean): number[] | null {
  if (side === "") return [];
  const groups: number[] = [];
  const pieces = side.split(":");
  for (const [place, piece] of pieces.entries()) {
    const four = isLast && place === pieces.length - 1 ? ipv4Groups(piece) : null;
    if (four) groups.push(...four);
    else if (/^[\da-f]{1,4}$/i.test(piece)) groups.push(Number.parseInt(piece, 16));
    else return null;
  }
  return groups;
}
