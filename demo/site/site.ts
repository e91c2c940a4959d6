/** The demo site as one function from a request to a response: pages, style sheet, sitemap and a kind 404. */
import { createHash } from "node:crypto";
import { patterns } from "../../proxy/protocol/paths.ts";
import article from "./article.css?raw";
import { drawAvatar } from "./avatar.ts";
import { escapeText } from "./escape.ts";
import { readFragment } from "./fragment.ts";
import frame from "./frame.css?raw";
import { fillGenerated } from "./generated.ts";
import home from "./home.css?raw";
import { layout } from "./layout.ts";
import mark from "./mark.svg?raw";
import menu from "./menu.css?raw";
import missing from "./missing.html?raw";
import narrow from "./narrow.css?raw";
import { pages, type Page } from "./pages.ts";
import picture from "./picture.css?raw";
import { pictureFiles } from "./pictures.ts";
import { contentSecurityPolicy } from "./policy.ts";

export type SiteOptions = {
  /** Where the site can be reached, without a closing slash; asked at each request. */
  origin: () => string;
  /** Further files by path, such as the modules of single pages. */
  scripts: ReadonlyMap<string, { type: string; body: Uint8Array | string }>;
  /** What is served in place of the guide's front page, such as the page on which the chat is tried on a site. */
  front?: Front;
};

export type Front = {
  /** Where the guide's own front page is then. */
  home: string;
  /** HTML for every page of the guide, which has no chat then: where the chat is. */
  aboutChat: string;
  /** Null for a path that is the guide's. */
  answer(path: string): Answer | null;
};

export type Site = {
  /** Null when the path is the proxy's and not the site's. */
  fetch(request: Request): Promise<Response> | null;
};

type Answer = {
  status?: number;
  type: string;
  body: Uint8Array<ArrayBuffer> | string;
  /** Seconds after which the browser asks for the page again. */
  refreshSeconds?: number;
};

const html = "text/html; charset=utf-8";
const styleSheet = [frame, menu, article, picture, home, narrow].join("\n");

export function createSite({ origin, scripts, front }: SiteOptions): Site {
  const answers = new Map<string, () => Answer>();
  const draw = (source: string, page: Page | null) => layout(readFragment(source), page, origin(), front);
  for (const page of pages) {
    answers.set(front && page.path === "/" ? front.home : page.path, () => ({
      type: html,
      body: draw(fillGenerated(page.source), page),
    }));
  }
  answers.set("/site.css", () => ({ type: "text/css; charset=utf-8", body: styleSheet }));
  answers.set("/mark.svg", () => ({ type: "image/svg+xml", body: mark }));
  answers.set("/agent.png", () => ({ type: "image/png", body: drawAvatar() }));
  answers.set("/sitemap.xml", () => ({ type: "application/xml; charset=utf-8", body: sitemap(origin()) }));
  answers.set("/robots.txt", () => ({ type: "text/plain; charset=utf-8", body: robots(origin()) }));
  for (const [path, file] of pictureFiles) answers.set(path, () => file);
  for (const [path, { type, body }] of scripts) {
    answers.set(path, () => ({ type, body: typeof body === "string" ? body : new Uint8Array(body) }));
  }

  return {
    fetch(request) {
      const { pathname } = new URL(request.url);
      if (belongsToProxy(pathname)) return null;
      if (request.method !== "GET" && request.method !== "HEAD") {
        return Promise.resolve(new Response(null, { status: 405, headers: { allow: "GET, HEAD" } }));
      }
      const path = pathname.replace(/(.)\/$/, "$1");
      const answer = front?.answer(path) ?? answers.get(path)?.();
      return Promise.resolve(
        respond(request, answer ?? { status: 404, type: html, body: draw(missing, null) }),
      );
    },
  };
}

function respond(request: Request, { status = 200, type, body, refreshSeconds }: Answer): Response {
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = new Headers({
    "content-type": type,
    "cache-control": "no-cache",
    "content-security-policy": contentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    etag: tag,
    ...(refreshSeconds === undefined ? {} : { refresh: String(refreshSeconds) }),
  });
  if (status === 200 && request.headers.get("if-none-match") === tag) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(request.method === "HEAD" ? null : body, { status, headers });
}

const proxyPrefixes = Object.values(patterns).map((pattern) => pattern.replace(/:.*/, ""));

function belongsToProxy(path: string): boolean {
  return proxyPrefixes.some((prefix) => (prefix.endsWith("/") ? path.startsWith(prefix) : path === prefix));
}

function sitemap(origin: string): string {
  const entries = pages
    .filter((page) => page.listed)
    .map((page) => `  <url><loc>${escapeText(origin + page.path)}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join("\n")}
</urlset>
`;
}

function robots(origin: string): string {
  const hidden = pages.filter((page) => !page.listed).map((page) => `Disallow: ${page.path}\n`);
  return `User-agent: *\nAllow: /\n${hidden.join("")}Sitemap: ${origin}/sitemap.xml\n`;
}
