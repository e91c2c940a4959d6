/** Fetches the pictures that upstream names, without the key, from the open internet only. */
import { createTtlCache } from "../resilience/ttl-cache.ts";
import { asUpstreamFailure } from "../map-error.ts";
import { UpstreamFailure } from "../errors.ts";
import { mayBePicture, pictureType } from "./image-type.ts";
import { mayBePublicHost } from "../transport/public-address.ts";
import { createSingleFlight } from "../resilience/single-flight.ts";
import type { Timeouts, Transport, TransportResponse } from "../transport/types.ts";
import type { Picture } from "../types.ts";
import { webAddress } from "../safe-url.ts";

const mostBytes = 2 * 1024 * 1024;
const mostRedirects = 3;
const totalMs = 8000;
const rememberMs = 3_600_000;
/** What is no picture is not asked for again by each who wants it: anybody may, and its host is a stranger's. */
const rememberMissingMs = 60_000;
const cacheBytes = 32 * 1024 * 1024;

export function createPictures(options: {
  /** Must refuse to connect to addresses that are not public, unless `allowPrivate`. */
  transport: Transport;
  timeouts: Timeouts;
  allowPrivate: boolean;
  clock: () => number;
}) {
  const { transport, timeouts, clock } = options;
  const kept = createTtlCache<Picture>({
    clock,
    capacity: cacheBytes,
    weigh: ({ bytes }) => bytes.length + 500,
  });
  const missing = createTtlCache<UpstreamFailure>({ clock, capacity: 2000 });
  const join = createSingleFlight<Picture>();

  function checked(address: string): URL {
    const usable = webAddress(address);
    if (!usable) throw new UpstreamFailure("not-found", "a picture's address is not usable");
    const url = new URL(usable);
    if (!options.allowPrivate && !mayBePublicHost(url)) {
      throw new UpstreamFailure("not-found", "a picture's address is not on the open internet");
    }
    return url;
  }

  async function fetchPicture(address: string, signal: AbortSignal): Promise<Picture> {
    const until = clock() + totalMs;
    let url = checked(address);
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await transport.send({
        method: "GET",
        url,
        headers: {
          accept: "image/avif,image/webp,image/png,image/jpeg,image/gif",
          "accept-encoding": "identity",
          "user-agent": "customgpt-widget-proxy",
        },
        signal,
        timeouts: { ...timeouts, totalMs: Math.max(1, Math.min(until - clock(), totalMs)) },
      });
      const location = response.header("location");
      if (response.status < 300 || response.status >= 400 || location === undefined) {
        return await read(response).finally(() => response.discard());
      }
      response.discard();
      url = checked(URL.canParse(location, url.href) ? new URL(location, url.href).href : location);
    }
    throw new UpstreamFailure("not-found", "a picture behind too many redirects");
  }

  return function picture(address: string, signal: AbortSignal): Promise<Picture> {
    const known = kept.get(address);
    if (known) return Promise.resolve(known);
    const failure = missing.get(address);
    if (failure) return Promise.reject(failure);
    return join(address, signal, async (shared) => {
      try {
        const fetched = await fetchPicture(address, shared);
        kept.set(address, fetched, rememberMs);
        return fetched;
      } catch (error) {
        shared.throwIfAborted();
        const failure = asUpstreamFailure(error);
        if (failure.code === "not-found") missing.set(address, failure, rememberMissingMs);
        throw failure;
      }
    });
  };
}

async function read(response: TransportResponse): Promise<Picture> {
  const { status } = response;
  if (status !== 200) {
    const code = status >= 500 || status === 429 ? "upstream-down" : "not-found";
    throw new UpstreamFailure(code, `${status} for a picture`);
  }
  if (!mayBePicture(response.header("content-type"))) {
    throw new UpstreamFailure("not-found", "a picture that says it is something else");
  }
  const announced = Number(response.header("content-length") ?? 0);
  const pieces: Uint8Array[] = [];
  let size = 0;
  const tooLarge = () => new UpstreamFailure("not-found", `a picture of more than ${mostBytes} bytes`);
  if (announced > mostBytes) throw tooLarge();
  for await (const piece of response.body) {
    size += piece.length;
    if (size > mostBytes) throw tooLarge();
    pieces.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  const type = pictureType(bytes);
  if (!type) throw new UpstreamFailure("not-found", "a picture in no format we know");
  return { type, bytes };
}
