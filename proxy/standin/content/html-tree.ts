/** HTML as a small tree: elements with their children, and texts. */
import { Parser } from "htmlparser2";

export type Element = {
  /** Lower case. The root's is empty. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: HtmlNode[];
};
export type HtmlNode = Element | string;

/** Never throws: broken HTML gives the tree a browser would roughly make of it. */
export function parseHtml(html: string): Element {
  const root: Element = { name: "", attributes: {}, children: [] };
  const open: Element[] = [root];
  const parser = new Parser({
    onopentag(name, attributes) {
      const element: Element = { name, attributes, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    ontext(text) {
      const siblings = open.at(-1)?.children ?? [];
      const before = siblings.at(-1);
      if (typeof before === "string") siblings[siblings.length - 1] = before + text;
      else siblings.push(text);
    },
    onclosetag() {
      if (open.length > 1) open.pop();
    },
  });
  parser.end(html);
  return root;
}

/** Every element below, in the page's order. */
export function* descendants(element: Element): Generator<Element> {
  for (const child of element.children) {
    if (typeof child === "string") continue;
    yield child;
    yield* descendants(child);
  }
}

export function find(element: Element, name: string): Element | undefined {
  for (const inner of descendants(element)) if (inner.name === name) return inner;
  return undefined;
}

/** All text inside, as written. */
export function rawText(node: HtmlNode): string {
  return typeof node === "string" ? node : node.children.map(rawText).join("");
}

const inlineNames = new Set(
  "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr".split(
    " ",
  ),
);

/** Whether it is inline; all other elements start a new line. */
export function isInline(element: Element): boolean {
  return inlineNames.has(element.name);
}

/** All text inside on one line, with a space where an element starts a new one. */
export function lineOf(node: HtmlNode): string {
  return spaced(node).replace(/\s+/g, " ").trim();
}

function spaced(node: HtmlNode): string {
  if (typeof node === "string") return node;
  const inner = node.children.map(spaced).join("");
  return isInline(node) && node.name !== "br" ? inner : ` ${inner} `;
}
