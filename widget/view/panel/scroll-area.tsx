/** Scroll area of the conversation. */
import type { ComponentChildren, RefObject } from "preact";
import { useChat } from "../chat-context.ts";

type Props = { frame?: RefObject<HTMLDivElement | null>; children: ComponentChildren };

export function TranscriptFrame({ frame, children }: Props) {
  const { texts } = useChat();
  return (
    <div
      part="transcript"
      class="transcript"
      // A log, but a silent one: the growing text is not to be read out piece by piece; the announcer speaks.
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

/** Where the reader was in what stood there in plain text. */
export type ScrollPosition = {
  readonly focused: boolean;
  /** Pixels from the frame's top to the newest turn's. */
  readonly newest: number;
};
