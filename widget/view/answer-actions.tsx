/** What a visitor can do with an answer: copy it, and say whether it was good. */
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { CopyButton } from "./copy-button.tsx";
import { Feedback } from "./feedback.tsx";
import { copyAloud } from "./spoken.ts";
import { useTexts } from "./use-texts.ts";

export function AnswerActions({ turn }: { turn: SettledTurn }) {
  const chat = useChat();
  const texts = useTexts();
  return (
    <div class={turn.reaction === "neutral" ? "actions" : "actions rated"}>
      <CopyButton label={texts.copyAnswer} copy={() => copyAloud(chat, turn.answer)} />
      {chat.face.value.feedback && turn.message !== null && <Feedback turn={turn} />}
    </div>
  );
}
