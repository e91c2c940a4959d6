/** Transcript: the welcome at first, then the turns. */
import { useEffect, useRef } from "preact/hooks";
import { lastIn } from "../../builtins/last.ts";
import { ErrorBoundary } from "../problem/error-boundary.tsx";
import { useChat } from "../chat-context.ts";
import { Welcome } from "./welcome.tsx";
import { conversationView } from "./load-conversation.ts";
import { PlainTranscript } from "./plain-transcript.tsx";
import { ScrollArea, type ScrollPosition } from "./scroll-area.tsx";
import { Loading } from "../ui/loading.tsx";

export function Transcript() {
  const { conversation, texts } = useChat();
  const settled = conversation.finished.value;
  const growing = conversation.streaming.value;
  const parts = conversationView.state.value;
  const restoring = conversation.restoring.value;
  const turns = growing ? [...settled, growing] : settled;
  const frame = useRef<HTMLDivElement>(null);

  const begun = turns.length > 0 || restoring || conversation.problem.value !== null;

  // Again with each turn: it fetches only if that failed before.
  useEffect(() => {
    if (begun) void conversationView.load();
  }, [begun, turns.length]);

  const plain = () => (
    <div class="reading">
      <ScrollArea frame={frame}>
        {turns.length > 0 ? (
          <PlainTranscript turns={turns} />
        ) : restoring ? (
          <Loading text={texts.value.restoring} />
        ) : (
          <Welcome />
        )}
      </ScrollArea>
    </div>
  );
  if (turns.length === 0 || typeof parts === "string") return plain();
  return (
    <ErrorBoundary fallback={plain}>
      <parts.TurnList turns={turns} before={placeIn(frame.current)} />
    </ErrorBoundary>
  );
}

function placeIn(frame: HTMLElement | null): ScrollPosition | null {
  const newest = lastIn([...(frame?.querySelectorAll<HTMLElement>(".plain") ?? [])]);
  return frame && newest
    ? { focused: frame.matches(":focus"), newest: newest.offsetTop - frame.scrollTop }
    : null;
}
