/** Network for reading a site that the operator named: no page of a public site leads into a private network. */
import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { decodedBody } from "../../upstream/transport/content-encoding.ts";
import {
  isPublicAddress,
  mayBePublicHost,
  publicLookup,
  type Resolve,
} from "../../upstream/transport/public-address.ts";
import type { TransportResponse } from "../../upstream/transport/types.ts";
import { createUndiciTransport } from "../../upstream/transport/undici.ts";

export type SiteNetwork = {
  /** Addresses inside a private network that the site itself has; none for a site on the internet. */
  privateAddresses: readonly string[];
  mayFetch: (address: URL) => boolean;
  /** Sends our user agent; follows no redirect. */
  fetchPage: (address: URL, signal: AbortSignal) => Promise<Response>;
  close: () => Promise<void>;
};

const userAgent =
  "customgpt-widget/0.1 (somebody tries a chat on this site; robots.txt name: customgpt-widget)";
const timeouts = { connectMs: 8000, firstByteMs: 10_000, idleMs: 10_000, totalMs: 30_000 };

/**
 * The operator may name a site inside a private network: then those of its addresses that it has right now are allowed,
 * and no other private one, later either. A name that has no address yet is treated as one on the internet.
 */
export async function openSiteNetwork(site: URL, resolve: Resolve = systemLookup): Promise<SiteNetwork> {
  const own = await addressesOf(site, resolve);
  // Of both kinds at once is what an attack looks like, not a site.
  const privateAddresses = own.some(isPublicAddress) ? [] : own;
  const isInside = privateAddresses.length > 0;
  const lookup = isInside ? lookupOf(privateAddresses, resolve) : publicLookup(resolve);
  const transport = createUndiciTransport({ connectMs: timeouts.connectMs, lookup });
  return {
    privateAddresses,
    mayFetch: (address) => mayBePublicHost(address) || (isInside && mayBeInside(address, privateAddresses)),
    async fetchPage(url, signal) {
      const headers = {
        accept: "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
        "accept-encoding": "gzip, br",
        "user-agent": userAgent,
      };
      return asResponse(await transport.send({ method: "GET", url, headers, signal, timeouts }));
    },
    close: () => transport.close(),
  };
}

const bareHost = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, "");

/** Empty where there is none. */
function addressesOf(site: URL, resolve: Resolve): Promise<string[]> {
  return new Promise((done) => {
    resolve(bareHost(site), { all: true }, (error, found) =>
      done(error ? [] : found.map(({ address }) => address)),
    );
  });
}

/** A name inside is checked when it is resolved. */
function mayBeInside(address: URL, privateAddresses: readonly string[]): boolean {
  const host = bareHost(address);
  const isLiteral = /^[\d.]+$|:/.test(host);
  return !isLiteral || privateAddresses.includes(host);
}

/** Only these addresses, or public ones. */
function lookupOf(privateAddresses: readonly string[], resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) return callback(error, "");
      const isAllowed = (address: string) => privateAddresses.includes(address) || isPublicAddress(address);
      if (!first || !addresses.every(({ address }) => isAllowed(address)))
        return callback(new Error(`${hostname} is not on the open internet`), "");
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

const bodiless = new Set([204, 205, 304]);

function asResponse(response: TransportResponse): Response {
  const headers = new Headers();
  for (const name of ["content-type", "location"]) {
    const value = response.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  if (bodiless.has(response.status)) {
    response.discard();
    return new Response(null, { status: response.status, headers });
  }
  return new Response(streamOf(decodedBody(response)), { status: response.status, headers });
}

/** Leaving it early ends the connection. */
function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
