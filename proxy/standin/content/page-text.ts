/** Text, title, description and image of a page, from its HTML. */
import { blocksOf, type Block } from "./block-markdown.ts";
import { descendants, find, lineOf, parseHtml, type Element } from "./html-tree.ts";
import { absolute } from "./inline-markdown.ts";

export type PageText = {
  title: string;
  description: string | null;
  /** Address of the page's preview picture. */
  image: string | null;
  blocks: Block[];
  /** Whether it asks not to be in a search's index (`<meta name="robots" content="noindex">`). */
  isHidden: boolean;
  /** Addresses of the same site that the page links to, each once. */
  links: string[];
};

/**
 * Reads the page's main part: `<main>` where there is one, else the body without its menus and footers.
 * `address` is null for a page that is nowhere to be opened.
 */
export function readPage(html: string, address: string | null): PageText {
  const root = parseHtml(html);
  const about = metadata(root);
  const body = find(root, "body") ?? root;
  const main =
    find(root, "main") ?? [...descendants(root)].find((inner) => inner.attributes["role"] === "main");
  const blocks = blocksOf(main ?? withoutFrame(body), address);
  const titleElement = find(root, "title");
  const heading = blocks.find((block) => block.kind === "heading");
  const title = about.get("og:title") ?? (titleElement ? lineOf(titleElement) : "") ?? "";
  return {
    title: title !== "" ? title : (heading?.words ?? address ?? "Untitled"),
    description: about.get("og:description") ?? about.get("description") ?? null,
    image: absolute(about.get("og:image"), address),
    blocks,
    isHidden: /\b(noindex|none)\b/i.test(about.get("robots") ?? ""),
    links: linksOf(root, address),
  };
}

function metadata(root: Element): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, attributes } of descendants(root)) {
    const key = (attributes["property"] ?? attributes["name"] ?? "").toLowerCase();
    const content = attributes["content"]?.trim();
    if (name === "meta" && key !== "" && content && !found.has(key)) found.set(key, content);
  }
  return found;
}

/** A page without `<main>`: its own header, aside and footer are the site's and not the page's. */
function withoutFrame(body: Element): Element {
  const frame = (child: Element) => /^(header|aside|footer)$/.test(child.name);
  return { ...body, children: body.children.filter((child) => typeof child === "string" || !frame(child)) };
}

function linksOf(root: Element, address: string | null): string[] {
  if (address === null) return [];
  const own = new URL(address);
  const found = new Set<string>();
  for (const { name, attributes } of descendants(root)) {
    const href = attributes["href"];
    if (name !== "a" || href === undefined || !URL.canParse(href, own)) continue;
    const target = new URL(href, own);
    target.hash = "";
    if (target.origin === own.origin && target.href !== own.href) found.add(target.href);
  }
  return [...found];
}
