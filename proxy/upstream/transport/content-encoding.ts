/** A response's body without the compression that some services put on it although it was not asked for. */
import { pipeline, Readable, type Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { UpstreamFailure } from "../errors.ts";
import { TransportFailure, type TransportResponse } from "./types.ts";

/** No honest body is longer once decoded (bytes); those who read it have closer limits of their own. */
const maxBytes = 64 * 1024 * 1024;

/** A body cut short gives all that arrived, and what came can be read while the rest is still on its way. */
const zlib = { finishFlush: constants.Z_SYNC_FLUSH };
const brotli = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

/**
 * The body as it was before it was encoded (gzip, deflate, br, or several of them). Reading throws `UpstreamFailure` for
 * an encoding we don't know or a body beyond all bounds, `TransportFailure` for a damaged one.
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
  // Its errors come out of the decoder too.
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
      // Meant to be zlib's format, yet some send it raw: told apart by its first byte, as browsers do.
      return (firstByte & 0x0f) === 8 ? createInflate(zlib) : createInflateRaw(zlib);
    default:
      throw new UpstreamFailure("upstream-down", "a body in an encoding we do not know");
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(Z_|ERR_)/.test(String(error.code));
}
