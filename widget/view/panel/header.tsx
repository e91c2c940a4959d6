/** Header of the panel: the agent, a menu, and the close button. */
import { Avatar } from "./avatar.tsx";
import { useChat } from "../chat-context.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { icons } from "../ui/icons.ts";
import { conversationActions } from "../actions/load-actions.ts";
import { Menu } from "./menu.tsx";
import { titleOf } from "../agent-title.ts";

export function Header() {
  const chat = useChat();
  const { conversation, close } = chat;
  const texts = chat.texts.value;
  const actions = conversationActions.state.value;
  const empty = conversation.finished.value.length === 0 && conversation.streaming.value === null;
  return (
    <div part="header" class="header">
      <Avatar />
      <h2 class="title">
        <bdi>{titleOf(chat)}</bdi>
      </h2>
      <Menu
        label={texts.menu}
        items={[
          {
            icon: icons.again,
            label: texts.startOver,
            disabled: empty,
            onSelect: () => conversation.startOver(),
          },
          ...(typeof actions === "object" ? actions.menuItems(chat) : []),
        ]}
      />
      {close && (
        <IconButton part="close" icon={icons.close} label={texts.closeChat} onClick={() => close()} />
      )}
    </div>
  );
}
