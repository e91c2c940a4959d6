/** Tests of which files of a folder are served, and as what. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readWidgetFiles } from "./read-widget-files.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "widget-files-"));
  mkdirSync(join(folder, "assets/deep"), { recursive: true });
  for (const name of [
    "widget.js",
    "widget.js.br",
    "widget.js.gz",
    "secret.env",
    "index.html",
    "assets/main-a1.js",
    "assets/deep/de-b2.js",
    "assets/notes.txt",
  ])
    writeFileSync(join(folder, name), `content of ${name}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

it("the tag and the assets are read with their compressed twins, and nothing else is", () => {
  const files = readWidgetFiles(folder);
  expect([...files.keys()].sort()).toEqual(["/assets/main-a1.js", "/widget.js"]);
  const tag = files.get("/widget.js");
  expect(String(tag?.body)).toBe("content of widget.js");
  expect(String(tag?.brotli)).toBe("content of widget.js.br");
  expect(String(tag?.gzip)).toBe("content of widget.js.gz");
  expect(tag).toMatchObject({ type: "text/javascript; charset=utf-8", immutable: false });
  expect(files.get("/assets/main-a1.js")).toMatchObject({ immutable: true, brotli: undefined });
});

it("files with other content have other etags", () => {
  const files = [...readWidgetFiles(folder).values()];
  expect(new Set(files.map(({ etag }) => etag)).size).toBe(files.length);
});

it("a proxy without a built widget has no files", () => {
  expect(readWidgetFiles(join(folder, "nowhere")).size).toBe(0);
});
