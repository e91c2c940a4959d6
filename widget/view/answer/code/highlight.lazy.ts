/** Syntax highlighting by ranges, painted as `::highlight()` in highlight.css says; the code's nodes stay as they are. */
import codeColors from "./highlight.css?inline";
import { lastIn } from "../../../builtins/last.ts";
import { tokensIn, type TokenKind } from "./tokenize.ts";
import type { Language } from "./languages.ts";

export { codeColors };

/** Longer code stays plain: painting that many ranges is felt. */
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

/** Puts a range into the document's highlight of its kind, which all chats on it share. */
function paint({ CSS: { highlights }, Highlight }: View, { kind, range }: Colored): void {
  const highlight = highlights.get(nameOf(kind)) ?? new Highlight();
  highlight.add(range);
  highlights.set(nameOf(kind), highlight);
}

/** Takes it out again; the last one takes the highlight with it. */
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
  /** The node that holds a place in the text; places only go forward. */
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

/** The code's text must not change until what is returned has taken the colours off again. */
export function colorCode(code: Element, language: Language): () => void {
  const view = code.ownerDocument.defaultView;
  if (!view || !("highlights" in view.CSS) || code.textContent.length > maxLength) return () => {};
  const ranges = rangesIn(code, language);
  // Where the system's colours are forced, a highlight would look like a selection.
  const free = view.matchMedia("(forced-colors: none)");
  let isNear = false;
  const show = () => ranges.forEach((each) => (isNear && free.matches ? paint : unpaint)(view, each));
  // Browsers go through all that is highlighted at every change of the page: only what is about to be seen is.
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
