/** Button that scrolls to the latest message. */
import type { ReadonlySignal } from "@preact/signals";
import { conversationIcons } from "../ui/conversation-icons.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useMessages } from "../use-messages.ts";

export function JumpToLatest({ shown, onClick }: { shown: ReadonlySignal<boolean>; onClick: () => void }) {
  const label = useMessages().latest;
  if (!shown.value) return null;
  return (
    <div class="latest">
      <IconButton icon={conversationIcons.down} label={label} onClick={onClick} />
    </div>
  );
}
