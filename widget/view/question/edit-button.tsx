/** Edit button beside the last question, which puts it back into the field. */
import { useChat } from "../chat-context.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import { editQuestion } from "./edit-question.ts";
import { focusField } from "./focus-field.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useMessages } from "../use-messages.ts";

export function EditButton() {
  const chat = useChat();
  const texts = useMessages();
  return (
    <span class="edit">
      <IconButton
        icon={conversationIcons.edit}
        label={texts.editQuestion}
        onClick={(event) => {
          editQuestion(chat);
          focusField(event.currentTarget);
        }}
      />
    </span>
  );
}
