/** What stands under a settled answer: why it ended early, its sources, and what can be done with it. */
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { answerParts } from "./load-parts.ts";
import { Notice, remedyFor } from "./notice.tsx";
import { problemWords } from "./problem-words.ts";

export function TurnEnd({ turn, last }: { turn: SettledTurn; last: boolean }) {
  const chat = useChat();
  const texts = chat.texts.value;
  const parts = answerParts.state.value;
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
          words={problemWords(turn.problem, chat.face.value, texts)}
          remedy={last ? remedyFor(turn.problem, chat, () => chat.conversation.retry(turn.id)) : null}
          {...(turn.problem.retryAfter === undefined ? {} : { wait: turn.problem.retryAfter })}
        />
      )}
      {typeof parts === "object" && (
        <>
          {chat.face.value.citations && turn.citations.length > 0 && (
            <parts.Citations citations={turn.citations} />
          )}
          {turn.answer !== "" && <parts.AnswerActions turn={turn} />}
        </>
      )}
    </>
  );
}
