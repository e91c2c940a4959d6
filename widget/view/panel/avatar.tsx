/** Avatar: the agent's picture, or the first letter of its name. */
import { useSignal } from "@preact/signals";
import { useChat } from "../chat-context.ts";
import { titleOf } from "../agent-title.ts";

export function Avatar() {
  const chat = useChat();
  const { avatar } = chat.profile.value;
  const missing = useSignal<string | null>(null);
  if (avatar === null || missing.value === avatar) {
    const [first = ""] = titleOf(chat);
    return (
      <span class="avatar" aria-hidden="true">
        {first.toLocaleUpperCase()}
      </span>
    );
  }
  return (
    <img
      class="avatar"
      src={chat.addressOf(avatar)}
      alt=""
      width={32}
      height={32}
      onError={() => {
        missing.value = avatar;
      }}
    />
  );
}
