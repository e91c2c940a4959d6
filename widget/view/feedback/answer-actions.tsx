/** Actions on an answer: copy, rate, and say why it was bad. */
import { useSignal } from "@preact/signals";
import type { FinishedTurn } from "../../conversation/types.ts";
import { useChat } from "../chat-context.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { RatingButtons } from "./rating-buttons.tsx";
import { lazy } from "../ui/lazy.tsx";
import { copyAndAnnounce } from "../a11y/announce.ts";
import { useActionMessages } from "../actions/use-action-messages.ts";

const FeedbackForm = lazy(async () => (await import("./feedback-form.lazy.tsx")).FeedbackForm);

export function AnswerActions({ turn }: { turn: FinishedTurn }) {
  const chat = useChat();
  const texts = useActionMessages();
  /** Whether the thumb was pressed just now: the form is not shown again for an answer rated earlier. */
  const asked = useSignal(false);
  return (
    <>
      <div class={turn.reaction === "neutral" ? "actions" : "actions rated"}>
        <CopyButton label={texts.copyAnswer} copy={() => copyAndAnnounce(chat, turn.answer)} />
        {chat.profile.value.feedback && turn.message !== null && (
          <RatingButtons
            turn={turn}
            onRate={(reaction) => {
              asked.value = reaction === "disliked";
            }}
          />
        )}
      </div>
      {asked.value && turn.reaction === "disliked" && (
        <FeedbackForm
          turn={turn}
          close={() => {
            asked.value = false;
          }}
        />
      )}
    </>
  );
}
