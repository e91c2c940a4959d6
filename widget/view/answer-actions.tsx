/** What a visitor can do with an answer: copy it, and say whether it was good. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { conversationIcons } from "./conversation-icons.ts";
import { Feedback } from "./feedback.tsx";
import { IconButton } from "./icon-button.tsx";
import { later } from "./later.ts";

/** How long the tick stays after copying, in milliseconds. */
const tickShown = 2000;

export function AnswerActions({ turn }: { turn: SettledTurn }) {
  const chat = useChat();
  const texts = chat.texts.value;
  const copied = useSignal(false);

  useEffect(
    () =>
      copied.value
        ? later(tickShown, () => {
            copied.value = false;
          })
        : undefined,
    [copied.value],
  );

  async function copy() {
    try {
      await chat.copy(turn.answer);
      copied.value = true;
    } catch {
      // Refused by the browser; without the tick the visitor sees that nothing was copied and can select the text.
    }
  }

  return (
    <div class="actions">
      <IconButton
        icon={copied.value ? conversationIcons.done : conversationIcons.copy}
        label={texts.copyAnswer}
        onClick={() => {
          void copy();
        }}
      />
      {chat.face.value.feedback && turn.message !== null && <Feedback turn={turn} />}
      <output class="unseen">{copied.value && texts.copied}</output>
    </div>
  );
}
