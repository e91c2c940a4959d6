/** Decoder of response bodies that some services compress unasked. */
import { pipeline, Readable, type Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { UpstreamFailure } from "../errors.ts";
import { TransportFailure, type TransportResponse } from "./types.ts";

/** Limit of a decoded body in bytes; its readers have lower limits of their own. */
const maxBytes = 64 * 1024 * 1024;

/** A truncated body yields all that arrived, and each piece can be read before the next arrives. */
const zlib = { finishFlush: constants.Z_SYNC_FLUSH };
const brotli = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

/**
 * The body as it was before it was encoded (gzip, deflate, br, or several of them). Reading throws `UpstreamFailure` for
 * an unknown encoding or a body beyond the limit, `TransportFailure` for a damaged body.
 */
export function decodedBody(response: TransportResponse): AsyncIterable<Uint8Array> {
  const named = (response.header("content-encoding") ?? "").toLowerCase().split(",");
  const encodings = named.map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
  let body = response.body;
  for (const encoding of encodings.toReversed()) body = decode(body, encoding);
  return body;
}

async function* decode(
  body: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = body[Symbol.asyncIterator]();
  const first = await bytes.next();
  if (first.done) return;
  const decoder = decoderFor(encoding, first.value[0] ?? 0);
  // Its errors are thrown by the decoder too.
  pipeline(Readable.from(resumed(first.value, bytes)), decoder, () => undefined);
  let size = 0;
  try {
    for await (const piece of decoder) {
      if (!(piece instanceof Uint8Array)) continue;
      size += piece.length;
      if (size > maxBytes) throw new UpstreamFailure("upstream-down", "a body beyond all bounds");
      yield piece;
    }
  } catch (error) {
    throw isDamage(error) ? new TransportFailure("broken", `a damaged ${encoding} body`) : error;
  }
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>) {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function decoderFor(encoding: string, firstByte: number): Transform {
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return createGunzip(zlib);
    case "br":
      return createBrotliDecompress(brotli);
    case "deflate":
      // Should be zlib's format, yet some services send it raw: the first byte shows it, as in browsers.
      return (firstByte & 0x0f) === 8 ? createInflate(zlib) : createInflateRaw(zlib);
    default:
      throw new UpstreamFailure("upstream-down", "a body in an encoding we do not know");
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(Z_|ERR_)/.test(String(error.code));
}
