/** Colours finished code without touching a node of it: ranges, painted by the browser as `::highlight()` in answer-wide.css says. */
import { tokensIn, type TokenKind } from "./code-tokens.ts";
import type { Language } from "./known-languages.ts";

/** Longer code stays plain: painting that many ranges is felt. */
const longest = 30_000;

function textNodesOf(code: Element): Text[] {
  const walker = code.ownerDocument.createTreeWalker(code, 4);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text) found.push(node);
  return found;
}

/** The document's highlight of this name, which all chats on it share. */
function highlightOf(registry: HighlightRegistry, kind: TokenKind): Highlight {
  const name = `customgpt-${kind}`;
  const known = registry.get(name);
  if (known) return known;
  const made = new Highlight();
  registry.set(name, made);
  return made;
}

/** The ranges to colour, each with the highlight it belongs to. */
function rangesIn(code: Element, language: Language): [Highlight, StaticRange][] {
  const nodes = textNodesOf(code);
  const found: [Highlight, StaticRange][] = [];
  let at = 0;
  let before = 0;
  /** The node that holds a place in the text; places only go forward. */
  const place = (offset: number) => {
    let node = nodes[at];
    while (node && offset > before + node.length && nodes[at + 1]) {
      before += node.length;
      node = nodes[++at];
    }
    return node && { node, offset: offset - before };
  };
  for (const { kind, start, end } of tokensIn(code.textContent, language)) {
    const [from, to] = [place(start), place(end)];
    if (!from || !to) break;
    const range = new StaticRange({
      startContainer: from.node,
      startOffset: from.offset,
      endContainer: to.node,
      endOffset: to.offset,
    });
    found.push([highlightOf(CSS.highlights, kind), range]);
  }
  return found;
}

/** The code's text must not change until what is returned has taken the colours off again. */
export function colorCode(code: Element, language: Language): () => void {
  const view = code.ownerDocument.defaultView;
  if (!view || !("highlights" in CSS) || code.textContent.length > longest) return () => {};
  const ranges = rangesIn(code, language);
  // Where the system's colours are forced, a highlight would look like a selection.
  const free = view.matchMedia("(forced-colors: none)");
  let isNear = false;
  const paint = () => {
    for (const [highlight, range] of ranges)
      if (isNear && free.matches) highlight.add(range);
      else highlight.delete(range);
  };
  // Browsers go through all that is highlighted at every change of the page: only what is about to be seen is.
  const options = { scrollMargin: "400px" };
  const observer = new IntersectionObserver((entries) => {
    isNear = entries.at(-1)?.isIntersecting ?? false;
    paint();
  }, options);
  observer.observe(code);
  free.addEventListener("change", paint);
  return () => {
    observer.disconnect();
    free.removeEventListener("change", paint);
    for (const [highlight, range] of ranges) highlight.delete(range);
  };
}
