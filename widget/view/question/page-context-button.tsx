/** Button in the field that adds the page to the question. */
import { choosePage, pageOffered } from "./page-context.ts";
import { useChat } from "../chat-context.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import { focusField } from "./focus-field.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useMessages } from "../use-messages.ts";

export function PageContextButton() {
  const chat = useChat();
  const texts = useMessages();
  if (chat.pageContext.value || !pageOffered(chat)) return null;
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
