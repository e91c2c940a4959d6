/** Footer of a finished turn: reason of an early end, sources, actions. */
import type { FinishedTurn } from "../../conversation/types.ts";
import { useChat } from "../chat-context.ts";
import { usePassages } from "../answer/link-target.ts";
import { Citations } from "../citations/citations.tsx";
import { Notice, actionFor } from "../ui/notice.tsx";
import { problemMessage } from "../problem/problem-message.ts";
import { actionsNow } from "../actions/load-actions.ts";
import { useMessages } from "../use-messages.ts";

export function TurnFooter({ turn, last }: { turn: FinishedTurn; last: boolean }) {
  const chat = useChat();
  const texts = useMessages();
  const actions = actionsNow();
  usePassages(turn.citations);
  return (
    <>
      {turn.end === "stopped" && (
        <Notice
          text={texts.stopped}
          action={last ? { label: texts.retry, run: () => chat.conversation.retry(turn.id) } : null}
        />
      )}
      {turn.end === "failed" && turn.problem && (
        <Notice
          text={problemMessage(turn.problem, chat.profile.value, texts)}
          action={last ? actionFor(turn.problem, chat, () => chat.conversation.retry(turn.id)) : null}
          {...(turn.problem.retryAfter === undefined ? {} : { wait: turn.problem.retryAfter })}
        />
      )}
      {actions && <actions.ContactSuggestion turn={turn} last={last} />}
      {chat.profile.value.citations && turn.citations.length > 0 && <Citations citations={turn.citations} />}
      {actions && turn.answer !== "" && <actions.AnswerActions turn={turn} />}
    </>
  );
}
