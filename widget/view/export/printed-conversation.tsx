/** Printed conversation: title, date, disclosure, questions, answers and sources. */
import type { FinishedTurn } from "../../conversation/types.ts";
import { AnswerText } from "../answer/answer-markdown.tsx";
import type { Chat } from "../chat-context.ts";
import { outcomeText, pageText, sourcesOf } from "./conversation-markdown.ts";
import type { LinkTarget } from "../answer/link-target.ts";
import { titleOf } from "../agent-title.ts";
import { actionMessagesOf } from "../actions/use-action-messages.ts";

/** Links do nothing on paper. */
const onPaper: LinkTarget = { here: "", follow() {} };

export function PrintedConversation({ chat, date }: { chat: Chat; date: string }) {
  const texts = actionMessagesOf(chat).peek();
  const disclosure = chat.profile.peek().texts.disclosure ?? texts.disclosure;
  return (
    <main>
      <h1 dir="auto">{texts.conversationWith(titleOf(chat))}</h1>
      <p class="quiet">{date}</p>
      {disclosure && (
        <p class="quiet" dir="auto">
          {disclosure}
        </p>
      )}
      {chat.conversation.finished.peek().map((turn) => (
        <PrintedTurn key={turn.id} chat={chat} turn={turn} />
      ))}
    </main>
  );
}

function PrintedTurn({ chat, turn }: { chat: Chat; turn: FinishedTurn }) {
  const texts = actionMessagesOf(chat).peek();
  const about = pageText(turn, chat);
  const ending = outcomeText(turn, chat);
  const sources = sourcesOf(turn, chat);
  return (
    <section>
      <h2 dir="auto">{turn.question}</h2>
      {about && (
        <p class="quiet" dir="auto">
          {about}
        </p>
      )}
      <div dir="auto">
        <AnswerText
          source={turn.answer}
          streaming={false}
          citations={turn.citations}
          texts={texts}
          linkTarget={onPaper}
          // Printing starts before the next frame.
          atOnce={Infinity}
        />
      </div>
      {ending && (
        <p class="quiet" dir="auto">
          {ending}
        </p>
      )}
      {sources.length > 0 && (
        <div class="sources">
          <p class="label">{chat.profile.peek().texts.sources ?? texts.sources}</p>
          <ol>
            {sources.map(({ id, title, url }) => (
              <li key={id} value={Number(id)}>
                <bdi>{title}</bdi>
                {url !== null && (
                  <>
                    <br />
                    <bdi class="quiet">{url}</bdi>
                  </>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}
