/** Says calmly that something of the chat is not there, with a button that tries again. */
import { useChat } from "./chat-context.ts";
import { focusPanel } from "./focus.ts";

export function Mishap({ again }: { again: () => void }) {
  const { unreachable, retry } = useChat().texts.value;
  return (
    <p part="notice" class="mishap" role="alert">
      {unreachable}{" "}
      <button
        type="button"
        class="starter"
        onClick={(event) => {
          focusPanel(event.currentTarget);
          again();
        }}
      >
        {retry}
      </button>
    </p>
  );
}
