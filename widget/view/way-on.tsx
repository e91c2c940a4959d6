/** A way on where the agent could not help: the owner's contact, under an answer that found nothing or failed. */
import type { SettledTurn } from "../conversation/turn.ts";
import { useChat } from "./chat-context.ts";
import { showContact } from "./contact-sheet.ts";
import { contactWay } from "./contact-way.ts";
import { conversationIcons } from "./conversation-icons.ts";
import { foundNothing } from "./found-nothing.ts";
import { Icon } from "./icon.tsx";
import { useTexts } from "./use-texts.ts";

/** What the visitor can mend alone. */
const own: ReadonlySet<string | undefined> = new Set(["offline", "too-long", "bad-request"]);

export function WayOn({ turn, last }: { turn: SettledTurn; last: boolean }) {
  const chat = useChat();
  const texts = useTexts();
  const isStuck =
    foundNothing(turn, chat.face.value) || (last && turn.problem && !own.has(turn.problem.code));
  if (!isStuck || !contactWay(chat)) return null;
  return (
    <button type="button" class="way-on" onClick={() => showContact(chat)}>
      <Icon drawing={conversationIcons.mail} />
      {texts.contact}
    </button>
  );
}
