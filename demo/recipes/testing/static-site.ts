/** Website that serves a folder of files, as a host of static sites does, or what a server behind it answers. */
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { extname, join } from "node:path";

export type StaticSite = {
  /** The site's origin. */
  address: string;
  /** What is served: a folder, or the answers of a server. */
  serve(what: string | RequestListener): void;
  close(): Promise<void>;
};

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/** The file for a path: itself, the index of a folder, or the page without its ending. */
function fileFor(folder: string, path: string): string | undefined {
  return [path, join(path, "index.html"), `${path.replace(/\/$/, "")}.html`]
    .map((name) => join(folder, decodeURI(name)))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

export async function openStaticSite(): Promise<StaticSite> {
  let root: string | RequestListener = "";
  const server = createServer((request, response) => {
    if (typeof root === "function") return root(request, response);
    const path = new URL(request.url ?? "/", "http://site").pathname;
    const file = root ? fileFor(root, path) : undefined;
    if (!file) return void response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const listening = server.address();
  if (listening === null || typeof listening === "string") throw new Error("There is no free port.");
  return {
    address: `http://127.0.0.1:${listening.port}`,
    serve: (what) => void (root = what),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
