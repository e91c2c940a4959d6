/** Takes a reader who is elsewhere to the end of the conversation. */
import type { ReadonlySignal } from "@preact/signals";
import { useChat } from "./chat-context.ts";
import { conversationIcons } from "./conversation-icons.ts";
import { IconButton } from "./icon-button.tsx";

export function LatestButton({ shown, act }: { shown: ReadonlySignal<boolean>; act: () => void }) {
  const label = useChat().texts.value.latest;
  if (!shown.value) return null;
  return (
    <div class="latest">
      <IconButton icon={conversationIcons.down} label={label} onClick={act} />
    </div>
  );
}
