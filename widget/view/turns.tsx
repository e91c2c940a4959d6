/** The conversation so far, oldest first, and the way to its latest. */
import type { GrowingTurn, SettledTurn } from "../conversation/turn.ts";
import { LatestButton } from "./latest-button.tsx";
import { useReadingPlace } from "./reading-place.ts";
import { TranscriptFrame } from "./transcript-frame.tsx";
import { Turn } from "./turn.tsx";

export function Turns({ turns }: { turns: readonly (SettledTurn | GrowingTurn)[] }) {
  const last = turns.at(-1);
  const place = useReadingPlace(last?.id ?? null);
  return (
    <div class="reading">
      <TranscriptFrame frame={place.scroller}>
        {turns.map((turn) => (
          <Turn key={turn.id} turn={turn} last={turn === last} />
        ))}
      </TranscriptFrame>
      <LatestButton shown={place.away} act={place.toLatest} />
    </div>
  );
}
