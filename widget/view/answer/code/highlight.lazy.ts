/** Syntax highlighting by ranges, with colours in highlight.css (`::highlight()`); the code's nodes do not change. */
import codeColors from "./highlight.css?inline";
import { lastIn } from "../../../builtins/last.ts";
import { tokensIn, type TokenKind } from "./tokenize.ts";
import type { Language } from "./languages.ts";

export { codeColors };

/** Longer code stays plain, because painting so many ranges is slow. */
const maxLength = 30_000;

function textNodesOf(code: Element): Text[] {
  const walker = code.ownerDocument.createTreeWalker(code, 4);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text) found.push(node);
  return found;
}

type View = Window & typeof globalThis;
type Colored = { readonly kind: TokenKind; readonly range: StaticRange };

const nameOf = (kind: TokenKind) => `customgpt-${kind}`;

/** Adds a range to the document's highlight of its kind, which all chats share. */
function paint({ CSS: { highlights }, Highlight }: View, { kind, range }: Colored): void {
  const highlight = highlights.get(nameOf(kind)) ?? new Highlight();
  highlight.add(range);
  highlights.set(nameOf(kind), highlight);
}

/** Removes the range, and the highlight with its last range. */
function unpaint({ CSS: { highlights } }: View, { kind, range }: Colored): void {
  const highlight = highlights.get(nameOf(kind));
  highlight?.delete(range);
  if (highlight?.size === 0) highlights.delete(nameOf(kind));
}

function rangesIn(code: Element, language: Language): Colored[] {
  const nodes = textNodesOf(code);
  const found: Colored[] = [];
  let at = 0;
  let before = 0;
  /** The node and offset of a position in the text; positions only increase. */
  const positionAt = (offset: number) => {
    let node = nodes[at];
    while (node && offset > before + node.length && nodes[at + 1]) {
      before += node.length;
      node = nodes[++at];
    }
    return node && { node, offset: offset - before };
  };
  for (const { kind, start, end } of tokensIn(code.textContent, language)) {
    const [from, to] = [positionAt(start), positionAt(end)];
    if (!from || !to) break;
    const range = new StaticRange({
      startContainer: from.node,
      startOffset: from.offset,
      endContainer: to.node,
      endOffset: to.offset,
    });
    found.push({ kind, range });
  }
  return found;
}

/** Returns a function that removes the colours; the code's text must not change before. */
export function colorCode(code: Element, language: Language): () => void {
  const view = code.ownerDocument.defaultView;
  if (!view || !("highlights" in view.CSS) || code.textContent.length > maxLength) return () => {};
  const ranges = rangesIn(code, language);
  // With forced colours a highlight would look like a selection.
  const free = view.matchMedia("(forced-colors: none)");
  let isNear = false;
  const show = () => ranges.forEach((each) => (isNear && free.matches ? paint : unpaint)(view, each));
  // Browsers check all highlighted ranges at every change of the page, so only code near the viewport is highlighted.
  const options = { scrollMargin: "400px" };
  const observer = new IntersectionObserver((entries) => {
    isNear = lastIn(entries)?.isIntersecting ?? false;
    show();
  }, options);
  observer.observe(code);
  free.addEventListener("change", show);
  return () => {
    observer.disconnect();
    free.removeEventListener("change", show);
    for (const each of ranges) unpaint(view, each);
  };
}
