/** Repair of an answer's block after another script, such as a translator, has removed a text node. */
import { Component, createContext, Fragment, type ComponentChildren } from "preact";

/** A text in the page that may have been removed, wrapped or changed by another script. */
type Text = { isThere(): boolean };

export type TextRepair = {
  /** Returns a function that stops watching. */
  watch(text: Text): () => void;
  repair(): void;
};

export const TextRepairContext = createContext<TextRepair | null>(null);

type Props = { children: ComponentChildren; among: Set<RepairedText> };

export class RepairedText extends Component<Props> implements TextRepair {
  private readonly texts = new Set<Text>();
  private drawn = 0;
  private failed = false;
  private isRepairing = false;

  override componentDidMount(): void {
    this.props.among.add(this);
  }

  override componentDidUpdate(): void {
    this.failed = this.isRepairing = false;
  }

  override componentWillUnmount(): void {
    this.props.among.delete(this);
    this.isRepairing = true;
  }

  /** Nothing can be inserted beside a removed node until the block is rendered again. */
  override componentDidCatch(error: unknown): void {
    if (this.failed) throw error;
    this.failed = true;
    this.isRepairing = false;
    this.repair();
  }

  watch(text: Text): () => void {
    this.texts.add(text);
    return () => void this.texts.delete(text);
  }

  repair(): void {
    if (this.isRepairing) return;
    this.isRepairing = true;
    this.drawn++;
    this.forceUpdate();
  }

  /** Whether all its texts are intact; if not, schedules a repair. */
  check(): boolean {
    for (const text of this.texts) {
      if (text.isThere()) continue;
      this.repair();
      return false;
    }
    return true;
  }

  override render({ children }: Props): ComponentChildren {
    return (
      <TextRepairContext.Provider value={this}>
        <Fragment key={this.drawn}>{children}</Fragment>
      </TextRepairContext.Provider>
    );
  }
}
