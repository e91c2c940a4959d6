/** Transports on Node: one for the service, and one for pictures that connects to public addresses only. */
import { publicLookup } from "./public-address.ts";
import type { Transport } from "./types.ts";
import { createUndiciTransport } from "./undici.ts";

/** `connectMs` limits the time to connect. Pictures come from private networks only where allowed (default false). */
export function undiciTransports(options: { connectMs: number; allowPrivatePictures?: boolean }): {
  transport: Transport;
  pictureTransport: Transport;
} {
  const { connectMs } = options;
  const lookup = options.allowPrivatePictures ? {} : { lookup: publicLookup() };
  return {
    transport: createUndiciTransport({ connectMs }),
    pictureTransport: createUndiciTransport({ connectMs, reuse: false, ...lookup }),
  };
}
