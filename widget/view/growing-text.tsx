/** A text that grows at its end without touching what the visitor may have selected in it. */
import { Component } from "preact";

/**
 * Finds the text node that Preact made for a component that returns nothing but a string. Preact has no public way to
 * it; these two names (`_vnode` and `_dom`, shortened alike in every build) are the ones @preact/signals uses as well.
 */
function textNodeOf(component: object): Text | null {
  const vnode: unknown = Reflect.get(component, "__v");
  const node: unknown = typeof vnode === "object" && vnode && Reflect.get(vnode, "__e");
  return node instanceof Text ? node : null;
}

/**
 * Writes to its text node itself, since setting the data of a text node, as Preact does, throws a selection inside it
 * back to the beginning. Preact never draws it a second time.
 */
export class GrowingText extends Component<{ text: string }> {
  private node: Text | null = null;

  // Only now: while an update is considered, Preact has not yet told the new vnode its node.
  override componentDidMount(): void {
    this.node = textNodeOf(this);
  }

  override shouldComponentUpdate({ text }: { text: string }): boolean {
    const { node } = this;
    if (!node) return true;
    const shown = node.data;
    if (text === shown) return false;
    if (text.startsWith(shown)) node.appendData(text.slice(shown.length));
    else {
      // Only what differs is replaced: a selection before it stays where it is.
      let same = 0;
      while (same < text.length && text[same] === shown[same]) same++;
      node.replaceData(same, shown.length - same, text.slice(same));
    }
    return false;
  }

  override render({ text }: { text: string }): string {
    return text;
  }
}
