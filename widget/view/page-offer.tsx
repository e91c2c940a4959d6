/** A quiet button in the field that lets the page go along with the question. */
import { choosePage, pageOffered } from "./about-page.ts";
import { useChat } from "./chat-context.ts";
import { conversationIcons } from "./conversation-icons.ts";
import { focusField } from "./editing.ts";
import { IconButton } from "./icon-button.tsx";
import { useTexts } from "./use-texts.ts";

export function PageOffer() {
  const chat = useChat();
  const texts = useTexts();
  if (chat.about.value || !pageOffered(chat)) return null;
  return (
    <IconButton
      icon={conversationIcons.page}
      label={texts.usePage}
      onClick={(event) => {
        focusField(event.currentTarget);
        choosePage(chat, true);
      }}
    />
  );
}
