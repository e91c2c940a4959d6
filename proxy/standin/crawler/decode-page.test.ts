/** Texts in the encodings that the web still has. */
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodePage, unzipped } from "./decode-page.ts";

const latin = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const utf8 = (text: string) => new TextEncoder().encode(text);

test.each([
  ["its header", latin("<p>Öffnungszeiten"), "text/html; charset=ISO-8859-1", "<p>Öffnungszeiten"],
  [
    "a meta element",
    latin('<meta charset="windows-1252"><p>3 \x80'),
    "text/html",
    '<meta charset="windows-1252"><p>3 €',
  ],
  [
    "an older meta element",
    latin('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">é'),
    "text/html",
    '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">é',
  ],
  [
    "an XML declaration",
    latin('<?xml version="1.0" encoding="iso-8859-1"?><a>é'),
    "",
    '<?xml version="1.0" encoding="iso-8859-1"?><a>é',
  ],
  ["a byte order mark, before all else", utf8("\ufeffÄ"), "text/html; charset=iso-8859-1", "Ä"],
  ["nothing: UTF-8", utf8("Ä"), "text/html", "Ä"],
  ["a name that nobody knows: UTF-8", utf8("Ä"), "text/html; charset=klingon", "Ä"],
])("a page in the encoding of %s", (_, bytes, contentType, text) => {
  expect(decodePage(bytes, contentType)).toBe(text);
});

test("a zipped file is unzipped, up to a size", async () => {
  const zipped = new Uint8Array(gzipSync("a".repeat(1000)));
  expect(new TextDecoder().decode(await unzipped(zipped, 1000))).toHaveLength(1000);
  await expect(unzipped(zipped, 999)).rejects.toThrow("larger");
  expect(await unzipped(utf8("plain"), 3)).toEqual(utf8("plain"));
});
