/** Inline content of a paragraph as markdown: links, code, emphasis, escaped text. */
import type { Element, HtmlNode } from "./html-tree.ts";
import { rawText } from "./html-tree.ts";

/** Not rendered, or no part of the page's content. */
const unread = new Set(
  "title script style noscript template nav footer form button input select textarea svg canvas iframe object video audio head".split(
    " ",
  ),
);

export function isUnread(element: Element): boolean {
  const { hidden, role } = element.attributes;
  if (hidden !== undefined || element.attributes["aria-hidden"] === "true") return true;
  return unread.has(element.name) || /^(navigation|banner|contentinfo|search)$/.test(role ?? "");
}

/** One line of markdown (more where the page has `<br>`). `base` is the page's address, for its links. */
export function inlineMarkdown(nodes: readonly HtmlNode[], base: string | null): string {
  return nodes
    .map((node) => (typeof node === "string" ? escapeText(node.replace(/\s+/g, " ")) : wrap(node, base)))
    .join("")
    .replace(/ {2,}/g, " ");
}

function wrap(element: Element, base: string | null): string {
  if (isUnread(element)) return "";
  const inner = () => inlineMarkdown(element.children, base);
  switch (element.name) {
    case "br":
      return "\\\n";
    case "code":
    case "kbd":
    case "samp":
      return codeSpan(rawText(element).replace(/\s+/g, " "));
    case "strong":
    case "b":
      return around("**", inner());
    case "em":
    case "i":
      return around("*", inner());
    case "del":
    case "s":
      return around("~~", inner());
    case "a":
      return link(inner(), element.attributes["href"], base);
    case "img":
      return "";
    default:
      return inner();
  }
}

/** Marks must touch the text they mark, so outer spaces move out. */
function around(mark: string, text: string): string {
  const words = text.trim();
  if (words === "") return text;
  const start = text.slice(0, text.indexOf(words));
  return `${start}${mark}${words}${mark}${text.slice(start.length + words.length)}`;
}

function codeSpan(code: string): string {
  if (code.trim() === "") return "";
  const runs = code.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = code.startsWith("`") || code.endsWith("`") ? " " : "";
  return fence + pad + code + pad + fence;
}

function link(text: string, href: string | undefined, base: string | null): string {
  const address = absolute(href, base);
  return address === null || text.trim() === "" ? text : `[${text.trim()}](${address})`;
}

/** An address as a reader could open it, or null when it is none of http, https, mailto. */
export function absolute(href: string | undefined, base: string | null): string | null {
  if (href === undefined || !URL.canParse(href, base ?? undefined)) return null;
  const address = new URL(href, base ?? undefined);
  if (!/^(https?|mailto):$/.test(address.protocol)) return null;
  return address.href.replaceAll("(", "%28").replaceAll(")", "%29");
}

/** Plain text as markdown, with special characters escaped. */
export function escapeText(text: string): string {
  return text.replace(/[\\`*[\]<~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}
