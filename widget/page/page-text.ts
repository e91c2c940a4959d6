/** Text of a page, block by block, without menus, forms, scripts and the chat. */
import { lastIn } from "../builtins/last.ts";

export type TextBlock = {
  readonly element: Element;
  readonly text: string;
  /** Text nodes of the block, each with its offset in the text. */
  readonly nodes: readonly { readonly node: Text; readonly at: number }[];
};

const blocks =
  "p, li, dd, dt, td, th, blockquote, pre, figcaption, caption, summary, details, label, address, h1, h2, h3, h4, h5, h6, div, section, article, aside, header, main, body";

const notForReading =
  "script, style, noscript, template, nav, footer, form, button, select, textarea, svg, math, iframe, canvas, object, dialog:not([open]), customgpt-widget, [role=navigation], [role=contentinfo], [role=banner], [role=search], body > header, [hidden], [aria-hidden=true]";

/** Maximum of characters that are read; a page may be endless. */
const maxLength = 2_000_000;

export function readPage(body: Element): TextBlock[] {
  const found = new Map<Element, { text: string; nodes: { node: Text; at: number }[] }>();
  const walker = body.ownerDocument.createTreeWalker(
    body,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) =>
      node instanceof Element && node.matches(notForReading)
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  );
  let read = 0;
  for (let node = walker.nextNode(); node && read < maxLength; node = walker.nextNode()) {
    const element = node.parentElement?.closest(blocks);
    if (!(node instanceof Text) || !element) continue;
    const block = found.get(element) ?? { text: "", nodes: [] };
    found.set(element, block);
    block.nodes.push({ node, at: block.text.length });
    block.text += node.data;
    read += node.data.length;
  }
  return [...found]
    .filter(([, { text }]) => /[\p{L}\p{N}]/u.test(text))
    .map(([element, block]) => ({ element, ...block }));
}

/** A range over part of a block's text. */
export function rangeIn({ element, nodes }: TextBlock, from: number, to: number): Range {
  const range = element.ownerDocument.createRange();
  const nodeAt = (offset: number) => lastIn(nodes.filter(({ at }) => at <= offset)) ?? nodes[0];
  const first = nodeAt(from);
  const last = nodeAt(to - 1);
  if (first) range.setStart(first.node, from - first.at);
  if (last) range.setEnd(last.node, Math.min(last.node.length, to - last.at));
  return range;
}

/** The visible element for this one: itself, the summary of the closed details it is in, or null. */
export function visibleStandIn(element: Element): Element | null {
  const folded = element.closest("details:not([open])");
  const shown = folded && !element.closest("summary") ? folded.querySelector("summary") : element;
  if (!shown || shown.getClientRects().length === 0) return null;
  const isVisible = shown.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true;
  return isVisible ? shown : null;
}
