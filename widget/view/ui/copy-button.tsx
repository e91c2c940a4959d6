/** Copy button, which shows a tick after it has copied. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { conversationIcons } from "./conversation-icons.ts";
import { IconButton } from "./icon-button.tsx";
import { delay } from "../timing.ts";

/** Time for which the tick is shown (milliseconds). */
const tickShown = 2000;

type Props = {
  label: string;
  /** Copies and announces it; rejects if the browser refuses. */
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
      // Refused by the browser. There is no tick then, and the visitor can select the text.
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
