/** A button that puts a text on the clipboard and shows with a tick that it is there. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { conversationIcons } from "./conversation-icons.ts";
import { IconButton } from "./icon-button.tsx";
import { delay } from "../timing.ts";

/** How long the tick stays after copying, in milliseconds. */
const tickShown = 2000;

type Props = {
  label: string;
  /** Does it, and tells screen readers; may be refused by the browser. */
  copy: () => Promise<void>;
};

export function CopyButton({ label, copy }: Props) {
  const copied = useSignal(false);

  useEffect(
    () =>
      copied.value
        ? delay(tickShown, () => {
            copied.value = false;
          })
        : undefined,
    [copied.value],
  );

  async function press() {
    try {
      await copy();
      copied.value = true;
    } catch {
      // Refused by the browser; without the tick the visitor sees that nothing was copied and can select the text.
    }
  }

  return (
    <IconButton
      icon={copied.value ? conversationIcons.done : conversationIcons.copy}
      label={label}
      onClick={() => press()}
    />
  );
}
