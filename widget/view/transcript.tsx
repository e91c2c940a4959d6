/** The conversation so far, oldest first, in a frame of its own that scrolls. */
import { useChat } from "./chat-context.ts";
import { Empty } from "./empty.tsx";
import { LatestButton } from "./latest-button.tsx";
import { answerParts } from "./load-parts.ts";
import { useReadingPlace } from "./reading-place.ts";
import { Turn } from "./turn.tsx";
import { Waiting } from "./waiting.tsx";

export function Transcript() {
  const { conversation, texts } = useChat();
  const settled = conversation.settled.value;
  const growing = conversation.growing.value;
  const turns = growing ? [...settled, growing] : settled;
  const last = turns.at(-1);
  const place = useReadingPlace(last?.id ?? null, answerParts.state.value !== "coming");

  return (
    <div class="reading">
      <div
        part="transcript"
        class="transcript"
        // A log, but a silent one: the growing text is not to be read out piece by piece; the announcer speaks.
        role="log"
        aria-live="off"
        aria-label={texts.value.transcript}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        tabIndex={0}
        ref={place.scroller}
      >
        {turns.map((turn) => (
          <Turn key={turn.id} turn={turn} last={turn === last} />
        ))}
        {!last && (conversation.restoring.value ? <Waiting words={texts.value.restoring} /> : <Empty />)}
      </div>
      <LatestButton shown={place.away} act={place.toLatest} />
    </div>
  );
}
