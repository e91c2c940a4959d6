/** List of turns, oldest first, and the button to the latest. */
import { useRef } from "preact/hooks";
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import { useEarlierTurns } from "./use-progressive-turns.ts";
import { groups } from "../ui/chunk.ts";
import { LatestButton } from "./jump-to-latest.tsx";
import { useReadingPlace } from "./use-scroll-anchor.ts";
import { memo } from "../ui/memo.ts";
import { TranscriptFrame, type ScrollPosition } from "../panel/scroll-area.tsx";
import { Turn } from "./turn.tsx";

type AnyTurn = FinishedTurn | StreamingTurn;

/** Number of turns that share an element which browsers skip while it is out of view. */
const groupSize = 16;

const SteadyTurn = memo((turn: { turn: AnyTurn; last: boolean }) => <Turn {...turn} />);

const Group = memo(({ turns, last }: { turns: readonly AnyTurn[]; last: AnyTurn | null }) => (
  <div class="turns">
    {turns.map((turn) => (
      <SteadyTurn key={turn.id} turn={turn} last={turn === last} />
    ))}
  </div>
));

type Props = { turns: readonly AnyTurn[]; before?: ScrollPosition | null };

/** `before` is the reader's position in the plain-text transcript that this one replaces. */
export function Turns({ turns, before = null }: Props) {
  const last = lastIn(turns) ?? null;
  const seen = useRef(before && last?.id).current;
  const place = useReadingPlace(last?.id ?? null, before);
  const first = useEarlierTurns(turns, place.scroller);
  const all = groups(turns, groupSize);
  return (
    <div class={seen && seen === last?.id ? "reading conversation seen" : "reading conversation"}>
      <TranscriptFrame frame={place.scroller}>
        {all.map((group, index) => {
          const drawn = group.slice(Math.max(0, first - index * groupSize));
          return (
            drawn.length > 0 && (
              <Group key={index} turns={drawn} last={index === all.length - 1 ? last : null} />
            )
          );
        })}
      </TranscriptFrame>
      <LatestButton shown={place.away} act={place.toLatest} />
    </div>
  );
}
