/** What stands under a settled answer: why it ended early, its sources, and what can be done with it. */
import type { FinishedTurn } from "../../conversation/types.ts";
import { AnswerActions } from "../feedback/answer-actions.tsx";
import { useChat } from "../chat-context.ts";
import { usePassages } from "../answer/link-target.ts";
import { Citations } from "../citations/citations.tsx";
import { Notice, remedyFor } from "../ui/notice.tsx";
import { problemWords } from "../problem/problem-message.ts";
import { useTexts } from "../use-messages.ts";
import { WayOn } from "../contact/contact-suggestion.tsx";

export function TurnEnd({ turn, last }: { turn: FinishedTurn; last: boolean }) {
  const chat = useChat();
  const texts = useTexts();
  usePassages(turn.citations);
  return (
    <>
      {turn.end === "stopped" && (
        <Notice
          words={texts.stopped}
          remedy={last ? { label: texts.retry, act: () => chat.conversation.retry(turn.id) } : null}
        />
      )}
      {turn.end === "failed" && turn.problem && (
        <Notice
          words={problemWords(turn.problem, chat.profile.value, texts)}
          remedy={last ? remedyFor(turn.problem, chat, () => chat.conversation.retry(turn.id)) : null}
          {...(turn.problem.retryAfter === undefined ? {} : { wait: turn.problem.retryAfter })}
        />
      )}
      <WayOn turn={turn} last={last} />
      {chat.profile.value.citations && turn.citations.length > 0 && <Citations citations={turn.citations} />}
      {turn.answer !== "" && <AnswerActions turn={turn} />}
    </>
  );
}
