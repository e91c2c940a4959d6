/** List of turns, oldest first, and the button to the latest. */
import { useRef } from "preact/hooks";
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import { chunk } from "../../builtins/chunk.ts";
import { useFirstTurn } from "./use-first-turn.ts";
import { actionsNow } from "../actions/load-actions.ts";
import { JumpToLatest } from "./jump-to-latest.tsx";
import { useScrollAnchor } from "./use-scroll-anchor.ts";
import { memo } from "../ui/memo.ts";
import { ScrollArea, type ScrollPosition } from "../panel/scroll-area.tsx";
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
export function TurnList({ turns, before = null }: Props) {
  const last = lastIn(turns) ?? null;
  const seen = useRef(before && last?.id).current;
  const anchor = useScrollAnchor(last?.id ?? null, before);
  const { first, progress } = useFirstTurn(turns);
  const actions = actionsNow();
  const all = chunk(turns, groupSize);
  return (
    <div class={seen && seen === last?.id ? "reading conversation seen" : "reading conversation"}>
      <ScrollArea frame={anchor.scroller}>
        {all.map((group, index) => {
          const rendered = group.slice(Math.max(0, first - index * groupSize));
          return (
            rendered.length > 0 && (
              <Group key={index} turns={rendered} last={index === all.length - 1 ? last : null} />
            )
          );
        })}
      </ScrollArea>
      {actions && (
        <actions.EarlierTurns turns={turns} frame={anchor.scroller} first={first} progress={progress} />
      )}
      <JumpToLatest shown={anchor.away} onClick={anchor.toLatest} />
    </div>
  );
}
