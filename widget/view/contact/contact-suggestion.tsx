/** Link to the owner's contact, under an answer that found nothing or failed. */
import type { FinishedTurn } from "../../conversation/types.ts";
import { useChat } from "../chat-context.ts";
import { showContact } from "./contact-sheet.ts";
import { contactMethod } from "./contact-method.ts";
import { actionIcons } from "../ui/action-icons.ts";
import { isNoAnswer } from "./is-no-answer.ts";
import { Icon } from "../ui/icon.tsx";
import { useActionMessages } from "../actions/use-action-messages.ts";

/** Problems that the visitor can solve alone. */
const own: ReadonlySet<string | undefined> = new Set(["offline", "too-long", "bad-request"]);

export function ContactSuggestion({ turn, last }: { turn: FinishedTurn; last: boolean }) {
  const chat = useChat();
  const texts = useActionMessages();
  const isStuck =
    isNoAnswer(turn, chat.profile.value) || (last && turn.problem && !own.has(turn.problem.code));
  if (!isStuck || !contactMethod(chat)) return null;
  return (
    <button type="button" class="contact-link" onClick={() => showContact(chat)}>
      <Icon path={actionIcons.mail} />
      {texts.contact}
    </button>
  );
}
