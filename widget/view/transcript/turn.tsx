/** Turn: a question and its answer, streaming or finished, in the same elements. */
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { Answer } from "../answer/answer.tsx";
import { QuestionPage } from "../question/question-page.tsx";
import { Message } from "./message.tsx";
import { TurnFooter } from "./turn-footer.tsx";
import { actionsNow } from "../actions/load-actions.ts";
import { useMessages } from "../use-messages.ts";

export function Turn({ turn, last }: { turn: FinishedTurn | StreamingTurn; last: boolean }) {
  const texts = useMessages();
  const actions = actionsNow();
  return (
    <div class={last ? "turn newest" : "turn"}>
      <Message from="visitor" label={texts.youAsked}>
        <p class="question" dir="auto">
          {turn.question}
        </p>
        <QuestionPage turn={turn} />
        {actions && last && !("phase" in turn) && <actions.EditButton />}
      </Message>
      <Message from="agent" label={texts.agentAnswered}>
        <Answer turn={turn} />
        {!("phase" in turn) && <TurnFooter turn={turn} last={last} />}
      </Message>
      <div class="end" />
    </div>
  );
}
