/** Image transport for runtimes without DNS: allows public host names only. */
import { isIP } from "node:net";
import { type Transport, TransportFailure } from "../../upstream/transport/types.ts";

/**
 * Sends only by https, on the default port, to public host names: no IP address, no name of a private network.
 *
 * Weaker than Node's check of the resolved address: a public name may point into a private network. The runtime has to
 * refuse that: workerd's `network` allows public addresses only by default, and Cloudflare's edge reaches no private
 * network.
 */
export function publicNamesOnly(transport: Transport): Transport {
  return {
    send(request) {
      if (!isPublicName(request.url))
        return Promise.reject(new TransportFailure("broken", "not a public name", false));
      return transport.send(request);
    },
    close: () => transport.close(),
  };
}

/** Names that never leave one machine or network: RFC 6761, 6762, 8375 and what ICANN reserved in 2024. */
const inside =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|example|onion|home\.arpa)$/;

export function isPublicName({ protocol, hostname, port }: URL): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  const isName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(name) && isIP(name) === 0;
  return protocol === "https:" && port === "" && isName && !inside.test(name);
}
