/** Decoder of a downloaded text: its compression, and its character encoding as a browser would find it. */
import { readBounded } from "../wire/bounded-read.ts";

/**
 * The bytes of a file that is compressed by itself, as sitemaps are (`.xml.gz`); other bytes are returned as they are.
 * Throws `TooLarge` when there are more than `maxBytes`.
 */
export async function unzipped(
  bytes: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return readBounded(stream, maxBytes);
}

/** Bytes in which a page or an XML file has to name its encoding. */
const headBytes = 1024;

/** Never throws: bytes that do not fit, and encodings that nobody knows, are read as UTF-8 with replacements. */
export function decodePage(bytes: Uint8Array, contentType: string): string {
  const named =
    byteOrderMark(bytes) ?? /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ?? namedInside(bytes);
  const decoder = decoderFor(named);
  // In one go, Node 20 reads windows-1252 as ISO-8859-1 and loses its quotation marks.
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xff && second === 0xfe ? "utf-16le" : undefined;
}

/** `<meta charset>`, `<meta http-equiv … content="…charset=…">` or the XML declaration. */
function namedInside(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, headBytes));
  const found =
    /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head) ??
    /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)/i.exec(head);
  // A page whose ASCII could be read is not in UTF-16, whatever it says.
  return found?.[1] === undefined || /^utf-16/i.test(found[1]) ? undefined : found[1];
}

function decoderFor(label = "utf-8"): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
