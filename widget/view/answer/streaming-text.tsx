/** Text that grows at its end without touching the visitor's selection in it. */
import { Component } from "preact";
import { TextRepairContext, type TextRepair } from "./text-repair.tsx";

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
 * Appends to its text node itself, because setting the node's data, as Preact does, moves a selection inside it to the
 * start. Preact never renders it a second time.
 */
export class StreamingText extends Component<{ text: string }> {
  static override contextType = TextRepairContext;
  private node: Text | null = null;
  private parent: Node | null = null;
  private root: Node | null = null;
  private leave: (() => void) | undefined;

  private get repair(): TextRepair | null {
    return this.context;
  }

  // Only here: during an update, Preact has not yet assigned the node to the new vnode.
  override componentDidMount(): void {
    this.node = textNodeOf(this);
    this.parent = this.node && this.node.parentNode;
    this.root = this.node && this.node.getRootNode();
    this.leave = this.repair?.watch(this);
  }

  override componentWillUnmount(): void {
    this.leave?.();
    // Otherwise the text of another script would stay.
    if (!this.isThere()) this.repair?.repair();
  }

  /** Whether the node is unchanged, where Preact inserted it; the page may have taken the whole chat out for a moment. */
  isThere(): boolean {
    const { node, parent, root, props } = this;
    return (
      node !== null && node.parentNode === parent && node.getRootNode() === root && node.data === props.text
    );
  }

  override shouldComponentUpdate({ text }: { text: string }): boolean {
    const { node } = this;
    if (!node) return true;
    if (this.repair && !this.isThere()) {
      this.repair.repair();
      return false;
    }
    const shown = node.data;
    if (text === shown) return false;
    if (text.startsWith(shown)) node.appendData(text.slice(shown.length));
    else {
      // Only the part that differs is replaced, so that a selection before it is kept.
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
