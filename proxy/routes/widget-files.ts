/** `GET /widget.js` and `GET /assets/…`: the widget's files, precompressed, open to every site. */
import { Refused } from "../http/errors.ts";
import type { Handler } from "../deps.ts";
import { maxHeaderLength, weightOf } from "../answering/negotiate-accept.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export type WidgetFile = {
  /** Content type. */
  type: string;
  body: Bytes;
  brotli?: Bytes | undefined;
  gzip?: Bytes | undefined;
  /** Names the content, without quotes. */
  etag: string;
  /** Whether the name changes with the content. */
  immutable: boolean;
  /** Whether browsers revalidate it at each use; default false. */
  mustRevalidate?: boolean;
};

/** The files by their paths, such as `/widget.js`. */
export type WidgetFiles = ReadonlyMap<string, WidgetFile>;

const forEver = "public, max-age=31536000, immutable";
/** The chat's file, as it is named by its content. */
const chatFile = /^\/assets\/main-[\w-]+\.js$/;
const fiveMinutes = "public, max-age=300, stale-while-revalidate=86400";

export function widgetFiles(files: WidgetFiles): Handler {
  const present = [...files.keys()].find((path) => chatFile.test(path));
  const inPlaceOfOlder = present && standIn(present);
  return (c) => {
    const { path } = c.req;
    const file = files.get(path) ?? (chatFile.test(path) ? inPlaceOfOlder : undefined);
    if (!file) throw new Refused("not-found");
    const { body, encoding } = chosenBody(file, c.req.header("accept-encoding") ?? "");
    const etag = encoding ? `"${file.etag}-${encoding}"` : `"${file.etag}"`;
    const headers: Record<string, string> = {
      etag,
      vary: "Accept-Encoding",
      "cache-control": file.mustRevalidate ? "no-cache" : file.immutable ? forEver : fiveMinutes,
      // A module script is always fetched with CORS, and a page may ask for CORP of all it embeds.
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    };
    const known = c.req.header("if-none-match");
    if (known !== undefined && isKnown(etag, known)) return c.body(null, 304, headers);
    headers["content-type"] = file.type;
    headers["content-length"] = String(body.length);
    if (encoding) headers["content-encoding"] = encoding;
    return c.body(body, 200, headers);
  };
}

/**
 * Answer to a tag of an earlier version that requests its chat, which no longer exists: the present one. Browsers and
 * caches keep a tag for up to a day. Needs that the chat exports what earlier tags call, under the same names.
 */
function standIn(present: string): WidgetFile {
  return {
    type: "text/javascript; charset=utf-8",
    body: new TextEncoder().encode(`export * from "${present.replace("/assets", ".")}";\n`),
    etag: present.slice("/assets/".length),
    immutable: false,
    mustRevalidate: true,
  };
}

function chosenBody(file: WidgetFile, accepted: string): { body: Bytes; encoding: "br" | "gzip" | null } {
  const weight = (encoding: string) => weightOf(accepted, encoding) ?? weightOf(accepted, "*") ?? 0;
  const brotli = file.brotli ? weight("br") : 0;
  const gzip = file.gzip ? weight("gzip") : 0;
  if (file.brotli && brotli > 0 && brotli >= gzip) return { body: file.brotli, encoding: "br" };
  if (file.gzip && gzip > 0) return { body: file.gzip, encoding: "gzip" };
  return { body: file.body, encoding: null };
}

function isKnown(etag: string, header: string): boolean {
  return header
    .slice(0, maxHeaderLength)
    .split(",")
    .some((known) => known.trim() === "*" || known.trim().replace(/^W\//, "") === etag);
}
