/** Pictures that upstream names, fetched without the key and from public addresses only, and cached. */
import { createTtlCache } from "../resilience/ttl-cache.ts";
import { asUpstreamFailure } from "../map-error.ts";
import { UpstreamFailure } from "../errors.ts";
import { mayBePicture, pictureType } from "./image-type.ts";
import { mayBePublicHost } from "../transport/public-address.ts";
import { createSingleFlight } from "../resilience/single-flight.ts";
import type { Timeouts, Transport, TransportResponse } from "../transport/types.ts";
import type { Picture } from "../types.ts";
import { webAddress } from "../safe-url.ts";

const maxBytes = 2 * 1024 * 1024;
const maxRedirects = 3;
const totalMs = 8000;
const cacheMs = 3_600_000;
/** A failure is cached as well, because its host is a stranger's and every visitor may request it again and again. */
const cacheMissingMs = 60_000;
const cacheBytes = 32 * 1024 * 1024;

const headers = {
  accept: "image/avif,image/webp,image/png,image/jpeg,image/gif",
  "accept-encoding": "identity",
  "user-agent": "customgpt-widget-proxy",
};

type Options = {
  /** Must refuse to connect to addresses that are not public, unless `allowPrivate`. */
  transport: Transport;
  timeouts: Timeouts;
  allowPrivate: boolean;
  clock: () => number;
};

export function createPictures(options: Options) {
  const { clock } = options;
  const cached = createTtlCache<Picture>({
    clock,
    capacity: cacheBytes,
    weigh: ({ bytes }) => bytes.length + 500,
  });
  const missing = createTtlCache<UpstreamFailure>({ clock, capacity: 2000 });
  const join = createSingleFlight<Picture>();

  async function fetchAndCache(address: string, signal: AbortSignal): Promise<Picture> {
    try {
      const picture = await fetchPicture(address, options, signal);
      cached.set(address, picture, cacheMs);
      return picture;
    } catch (error) {
      signal.throwIfAborted();
      const failure = asUpstreamFailure(error);
      if (failure.code === "not-found") missing.set(address, failure, cacheMissingMs);
      throw failure;
    }
  }

  return function picture(address: string, signal: AbortSignal): Promise<Picture> {
    const known = cached.get(address);
    if (known) return Promise.resolve(known);
    const failure = missing.get(address);
    if (failure) return Promise.reject(failure);
    return join(address, signal, (shared) => fetchAndCache(address, shared));
  };
}

/** Follows redirects itself, so that every address on the way is checked. */
async function fetchPicture(address: string, options: Options, signal: AbortSignal): Promise<Picture> {
  const { transport, timeouts, clock, allowPrivate } = options;
  const deadline = clock() + totalMs;
  let url = checkedUrl(address, allowPrivate);
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await transport.send({
      method: "GET",
      url,
      headers,
      signal,
      timeouts: { ...timeouts, totalMs: Math.max(1, Math.min(deadline - clock(), totalMs)) },
    });
    const location = response.header("location");
    if (response.status < 300 || response.status >= 400 || location === undefined) {
      return await readPicture(response).finally(() => response.discard());
    }
    response.discard();
    url = checkedUrl(resolved(location, url), allowPrivate);
  }
  throw new UpstreamFailure("not-found", "a picture behind too many redirects");
}

const resolved = (location: string, base: URL) =>
  URL.canParse(location, base.href) ? new URL(location, base.href).href : location;

function checkedUrl(address: string, allowPrivate: boolean): URL {
  const usable = webAddress(address);
  if (!usable) throw new UpstreamFailure("not-found", "a picture's address is not usable");
  const url = new URL(usable);
  if (!allowPrivate && !mayBePublicHost(url)) {
    throw new UpstreamFailure("not-found", "a picture's address is not on the open internet");
  }
  return url;
}

async function readPicture(response: TransportResponse): Promise<Picture> {
  const { status } = response;
  if (status !== 200) {
    const code = status >= 500 || status === 429 ? "upstream-down" : "not-found";
    throw new UpstreamFailure(code, `${status} for a picture`);
  }
  if (!mayBePicture(response.header("content-type"))) {
    throw new UpstreamFailure("not-found", "a picture that says it is something else");
  }
  const bytes = await readBytes(response);
  const type = pictureType(bytes);
  if (!type) throw new UpstreamFailure("not-found", "a picture in no format we know");
  return { type, bytes };
}

async function readBytes(response: TransportResponse): Promise<Uint8Array> {
  const tooLarge = () => new UpstreamFailure("not-found", `a picture of more than ${maxBytes} bytes`);
  if (Number(response.header("content-length") ?? 0) > maxBytes) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body) {
    size += piece.length;
    if (size > maxBytes) throw tooLarge();
    pieces.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
