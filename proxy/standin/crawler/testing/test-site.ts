/** Site on a loopback port for tests of the crawler: answers by path, or by host and path, and records each request. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Reply = {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Never ends the body. */
  hangs?: true;
};

export type TestSite = {
  port: number;
  /** `http://127.0.0.1:…` */
  origin: string;
  /** Replies from now on, by path or by host and path ("www.shop.test/about"). A text is a page's HTML. */
  replies: Record<string, Reply | string | (() => Reply)>;
  /** Host without the port, and path, in order. */
  requests: { host: string; path: string; userAgent: string }[];
  /** Paths that were requested. */
  paths: () => string[];
  close: () => Promise<void>;
};

/** `port` 0 takes a free one. */
export async function startTestSite(replies: TestSite["replies"] = {}): Promise<TestSite> {
  const requests: TestSite["requests"] = [];
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const site: TestSite = {
    port,
    origin: `http://127.0.0.1:${port}`,
    replies,
    requests,
    paths: () => requests.map(({ path }) => path),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function answer({ url = "/", headers }: IncomingMessage, response: ServerResponse): void {
    const host = (headers.host ?? "").replace(/:\d+$/, "");
    requests.push({ host, path: url, userAgent: headers["user-agent"] ?? "" });
    const found = site.replies[host + url] ?? site.replies[url] ?? { status: 404 };
    const reply = typeof found === "function" ? found() : typeof found === "string" ? { body: found } : found;
    const type = url.endsWith(".txt") ? "text/plain" : url.endsWith(".xml") ? "application/xml" : "text/html";
    response.writeHead(reply.status ?? 200, { "content-type": type, ...reply.headers });
    if (reply.hangs) response.write(reply.body ?? "<p>");
    else response.end(reply.body);
  }
  return site;
}

/** A sitemap, or an index of sitemaps, of these addresses. */
export function sitemapOf(addresses: readonly string[], isIndex = false): string {
  const [outer, inner] = isIndex ? ["sitemapindex", "sitemap"] : ["urlset", "url"];
  const entries = addresses.map((address) => `<${inner}><loc>${address}</loc></${inner}>`);
  return `<?xml version="1.0"?><${outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join("")}</${outer}>`;
}
