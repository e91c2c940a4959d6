/** Widget files inside the worker's own file, as plain workerd has no other place for them. */
import type { WidgetFile, WidgetFiles } from "../../routes/widget-files.ts";

/** A file with its bodies as base64. */
export type PackedFile = Pick<WidgetFile, "type" | "etag" | "immutable"> & {
  path: string;
  body: string;
  brotli: string | null;
  gzip: string | null;
};

/** Done by the build. */
export function packWidgetFiles(files: WidgetFiles): PackedFile[] {
  const packed = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString("base64") : null);
  return [...files].map(([path, { type, etag, immutable, body, brotli, gzip }]) => ({
    path,
    type,
    etag,
    immutable,
    body: packed(body) ?? "",
    brotli: packed(brotli),
    gzip: packed(gzip),
  }));
}

/** Done by the worker. */
export function unpackWidgetFiles(packed: readonly PackedFile[]): WidgetFiles {
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
  return new Map(
    packed.map(({ path, type, etag, immutable, body, brotli, gzip }) => [
      path,
      {
        type,
        etag,
        immutable,
        body: bytes(body),
        brotli: brotli === null ? undefined : bytes(brotli),
        gzip: gzip === null ? undefined : bytes(gzip),
      },
    ]),
  );
}
