/** What a visitor can do with an answer: copy it, say whether it was good, and if not, why. */
import { useSignal } from "@preact/signals";
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { CopyButton } from "./copy-button.tsx";
import { Feedback } from "./feedback.tsx";
import { lazy } from "./lazy.tsx";
import { copyAloud } from "./spoken.ts";
import { useTexts } from "./use-texts.ts";

const WhyBad = lazy(async () => (await import("./why-bad.tsx")).WhyBad);

export function AnswerActions({ turn }: { turn: SettledTurn }) {
  const chat = useChat();
  const texts = useTexts();
  /** Whether the thumb went down just now; of an answer rated earlier nobody is asked again. */
  const asked = useSignal(false);
  return (
    <>
      <div class={turn.reaction === "neutral" ? "actions" : "actions rated"}>
        <CopyButton label={texts.copyAnswer} copy={() => copyAloud(chat, turn.answer)} />
        {chat.face.value.feedback && turn.message !== null && (
          <Feedback
            turn={turn}
            rated={(reaction) => {
              asked.value = reaction === "disliked";
            }}
          />
        )}
      </div>
      {asked.value && turn.reaction === "disliked" && (
        <WhyBad
          turn={turn}
          leave={() => {
            asked.value = false;
          }}
        />
      )}
    </>
  );
}
