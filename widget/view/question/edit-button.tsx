/** Edit button beside the last question, which puts it back into the field. */
import { useChat } from "../chat-context.ts";
import { actionIcons } from "../ui/action-icons.ts";
import { editQuestion } from "./edit-question.ts";
import { focusField } from "./focus-field.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useActionMessages } from "../actions/use-action-messages.ts";

export function EditButton() {
  const chat = useChat();
  const texts = useActionMessages();
  return (
    <span class="edit">
      <IconButton
        icon={actionIcons.edit}
        label={texts.editQuestion}
        onClick={(event) => {
          editQuestion(chat);
          focusField(event.currentTarget);
        }}
      />
    </span>
  );
}
