/** The conversation as plain text, for when the file that draws it properly could not be fetched. */
import type { GrowingTurn, SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { focusPanel } from "./focus.ts";
import { conversationParts } from "./load-parts.ts";

export function PlainTurns({ turns }: { turns: readonly (SettledTurn | GrowingTurn)[] }) {
  const { conversation, texts } = useChat();
  return turns.map((turn) => (
    <div key={turn.id} class="plain">
      <p part="message" data-from="visitor" class="question" dir="auto">
        {turn.question}
      </p>
      <p part="answer" dir="auto" {...("phase" in turn && { "aria-busy": "true" })}>
        {turn.answer}
      </p>
      {"phase" in turn && turn.phase.value === "offline" && (
        <p part="notice" role="alert">
          {texts.value.offline}
        </p>
      )}
      {"problem" in turn && turn.problem && (
        <p part="notice" role="alert">
          {turn.problem.words ?? texts.value[turn.problem.code === "offline" ? "offline" : "unreachable"]}{" "}
          {turn === turns.at(-1) && (
            <button
              type="button"
              class="starter"
              onClick={(event) => {
                focusPanel(event.currentTarget);
                void conversationParts.bring();
                conversation.retry(turn.id);
              }}
            >
              {texts.value.retry}
            </button>
          )}
        </p>
      )}
    </div>
  ));
}
