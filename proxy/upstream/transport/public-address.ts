/** Check of addresses and DNS answers: only public addresses, none inside a network or cloud. */
import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Special-purpose IPv4 ranges (IANA registry, RFC 6890 and after), multicast and reserved included. */
const closedV4 = blockList("ipv4", [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Not special at IANA, but services inside a cloud: Azure's and IBM's.
  ["161.26.0.0", 16],
  ["166.8.0.0", 14],
  ["168.63.129.16", 32],
  // Equinix Metal's metadata.
  ["192.80.8.124", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
]);

/** Global unicast is the only IPv6 space in public use; loopback, local and IPv4-mapped addresses lie outside it. */
const openV6 = blockList("ipv6", [["2000::", 3]]);
/** Within it: tunnels that contain a freely chosen IPv4 address, documentation, protocol assignments. */
const closedV6 = blockList("ipv6", [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

function blockList(family: "ipv4" | "ipv6", subnets: readonly (readonly [string, number])[]): BlockList {
  const blocks = new BlockList();
  for (const [network, prefix] of subnets) blocks.addSubnet(network, prefix, family);
  return blocks;
}

/** Whether an IP address, not a name, is public. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closedV4.check(address, "ipv4");
    case 6:
      return openV6.check(address, "ipv6") && !closedV6.check(address, "ipv6");
    default:
      return false;
  }
}

/** Host names of services inside a cloud, and names that are valid on one machine or network only. */
const insideNames =
  /^(metadata|instance-data)$|(^|\.)(localhost|local|internal|metadata\.packet\.net|metadata\.platformequinix\.com)$/;

/** Whether a URL's host is a public address or a name; a name's addresses are checked when it is resolved. */
export function mayBePublicHost(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$|\.$/g, "");
  return isIP(host) === 0 ? !insideNames.test(host) : isPublicAddress(host);
}

/** `dns.lookup` with the option `all`. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Look-up for connections: fails for a name when one of its addresses is not public. As the connection uses exactly the
 * addresses that this returns, a name cannot change its meaning between the check and the call.
 */
export function publicLookup(resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error) return callback(error, "");
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new Error(`${hostname} is not on the open internet`), "");
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
