/** Message in place of a view that failed to render or load, with a retry button. */
import { useChat } from "../chat-context.ts";
import { focusPanel } from "../a11y/focus.ts";

type Props = { text?: string | null; onRetry?: (() => void) | false };

export function RenderError({ text, onRetry }: Props) {
  const { unreachable, retry } = useChat().texts.value;
  return (
    <p part="notice" class="render-error" role="alert">
      {text ?? unreachable}{" "}
      {onRetry && (
        <button
          type="button"
          class="starter"
          onClick={(event) => {
            focusPanel(event.currentTarget);
            onRetry();
          }}
        >
          {retry}
        </button>
      )}
    </p>
  );
}
