/** Reader of the built widget: each file with its compressed variants, in memory. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { WidgetFile, WidgetFiles } from "../../routes/widget-files.ts";

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/**
 * `widget.js` and the files of `assets/`, by the paths they are served at. Empty when the folder is not there: the
 * proxy then answers questions all the same, for widgets that are served from elsewhere.
 */
export function readWidgetFiles(folder: string): WidgetFiles {
  const files = new Map<string, WidgetFile>();
  for (const name of namesIn(folder)) {
    const type = types[extname(name)];
    const isAsset = /^assets\/[^/]+$/.test(name);
    if (type === undefined || !(isAsset || name === "widget.js")) continue;
    const body = readFileSync(join(folder, name));
    files.set(`/${name}`, {
      type,
      body,
      brotli: readIfThere(join(folder, `${name}.br`)),
      gzip: readIfThere(join(folder, `${name}.gz`)),
      etag: createHash("sha256").update(body).digest("base64url").slice(0, 22),
      immutable: isAsset,
    });
  }
  return files;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
      name.replaceAll("\\", "/"),
    );
  } catch {
    return [];
  }
}

function readIfThere(path: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
