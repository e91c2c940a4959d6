/** Page that was sent with a question, shown under it. */
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { pageOfTurn } from "./page-of-turn.ts";
import { useChat } from "../chat-context.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import { Icon } from "../ui/icon.tsx";
import { useMessages } from "../use-messages.ts";

export function QuestionPage({ turn }: { turn: FinishedTurn | StreamingTurn }) {
  const page = pageOfTurn(useChat(), turn);
  const texts = useMessages();
  if (!page) return null;
  return (
    <p class="question-page" title={page.url}>
      <Icon path={conversationIcons.page} />
      <span class="unseen">{texts.usingPage}: </span>
      <span class="page-title" dir="auto">
        {page.title || page.url}
      </span>
    </p>
  );
}
