/** Error boundary: renders the failed part once more, then shows a button in its place. */
import { Component, Fragment, type ComponentChildren } from "preact";
import { report } from "../../conversation/contain.ts";
import { delay } from "../timing.ts";
import { RenderError } from "./render-error.tsx";

type Inside = { children: ComponentChildren };

/** A second error within this time (milliseconds) is taken as permanent. */
const retryWindowMs = 10_000;

class SecondTry extends Component<Inside> {
  private attempt = 0;
  private failed = false;

  override componentDidCatch(error: unknown): void {
    report(error);
    if (this.failed) throw error;
    this.failed = true;
    delay(retryWindowMs, () => (this.failed = false));
    this.attempt++;
    this.setState({});
  }

  override render({ children }: Inside): ComponentChildren {
    return <Fragment key={this.attempt}>{children}</Fragment>;
  }
}

type Props = Inside & {
  /** Fallback rendered before the message and its retry button. */
  fallback?: () => ComponentChildren;
};

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override componentDidCatch(error: unknown): void {
    report(error);
    this.setState({ failed: true });
  }

  override render({ children, fallback }: Props, { failed }: { failed: boolean }): ComponentChildren {
    if (!failed) return <SecondTry>{children}</SecondTry>;
    return (
      <>
        {fallback?.()}
        <RenderError onRetry={() => this.setState({ failed: false })} />
      </>
    );
  }
}
