/** What Node sends with: one transport for the service, and one for pictures that reaches the open internet only. */
import { publicLookup } from "./public-address.ts";
import type { Transport } from "./types.ts";
import { createUndiciTransport } from "./undici.ts";

/** `connectMs` bounds the making of a connection. Pictures may come from private networks only if allowed (default false). */
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
