/** Somebody else's website for the tests: serves whatever page a test writes, on an origin that is not the proxy's. */
import { createServer } from "node:http";

export type OtherSite = {
  /** The site's origin. */
  address: string;
  /** Puts a page, or a file of another type, on the site, and tells its address. */
  put(body: string, headers?: Record<string, string>): string;
  close(): Promise<void>;
};

export async function openOtherSite(): Promise<OtherSite> {
  const pages = new Map<string, { body: string; headers: Record<string, string> }>();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? "/", "http://site").pathname);
    // What browsers ask for by themselves is nothing that a test should hear complaints about.
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
