/** Raster formats that the proxy passes on, recognised by their first bytes. */

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

/** The media type of a PNG, JPEG, GIF, WebP or AVIF picture; null for all others, SVG included. */
export function pictureType(bytes: Uint8Array): string | null {
  if (ascii(bytes, 0, 8) === "\u0089PNG\r\n\u001a\n") return "image/png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return "image/gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "image/webp";
  // The brand may be the main one or stand among the compatible ones after it.
  if (ascii(bytes, 4, 8) === "ftyp" && /avi[fs]/.test(ascii(bytes, 8, 40))) return "image/avif";
  return null;
}

/** Whether a response of this content type may hold one of them: storage services often don't know what they store. */
export function mayBePicture(contentType: string | undefined): boolean {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return /^(|image\/(png|jpe?g|pjpeg|gif|webp|avif)|(application|binary)\/octet-stream)$/.test(type);
}
