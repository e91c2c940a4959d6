/** Scroll area of the transcript. */
import type { ComponentChildren, RefObject } from "preact";
import { useChat } from "../chat-context.ts";

type Props = { frame?: RefObject<HTMLDivElement | null>; children: ComponentChildren };

export function ScrollArea({ frame, children }: Props) {
  const { texts } = useChat();
  return (
    <div
      part="transcript"
      class="transcript"
      // A silent log: the announcer reads answers out when they are finished, not piece by piece.
      role="log"
      aria-live="off"
      aria-label={texts.value.transcript}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
      tabIndex={0}
      {...(frame && { ref: frame })}
    >
      {children}
    </div>
  );
}

/** Position of the reader in the plain-text transcript. */
export type ScrollPosition = {
  readonly focused: boolean;
  /** Distance from the scroll area's top to the newest turn (pixels). */
  readonly newest: number;
};
