/** Website on another origin than the proxy's, which serves the pages that a test writes. */
import { createServer } from "node:http";

export type OtherSite = {
  /** The site's origin. */
  address: string;
  /** Adds a page, or a file of another type, and returns its URL. */
  put(body: string, headers?: Record<string, string>): string;
  close(): Promise<void>;
};

export async function openOtherSite(): Promise<OtherSite> {
  const pages = new Map<string, { body: string; headers: Record<string, string> }>();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? "/", "http://site").pathname);
    // Browsers request these by themselves; tests should get no errors for them.
    if (!page) return void response.writeHead(request.url === "/favicon.ico" ? 204 : 404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers }).end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const listening = server.address();
  if (listening === null || typeof listening === "string")
    throw new Error("The other site has no network address.");
  const address = `http://127.0.0.1:${listening.port}`;

  return {
    address,
    put(body, headers = {}) {
      const path = `/${pages.size + 1}`;
      pages.set(path, { body, headers });
      return address + path;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
