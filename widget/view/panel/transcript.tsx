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
  const finished = conversation.finished.value;
  const streaming = conversation.streaming.value;
  const view = conversationView.state.value;
  const restoring = conversation.restoring.value;
  const turns = streaming ? [...finished, streaming] : finished;
  const frame = useRef<HTMLDivElement>(null);

  const hasStarted = turns.length > 0 || restoring || conversation.problem.value !== null;

  // Again with each turn and phase, such as the one after a lost network: it fetches only if that failed before.
  useEffect(() => {
    if (hasStarted) void conversationView.load();
  }, [hasStarted, turns.length, streaming?.phase.value]);

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
  if (turns.length === 0 || typeof view === "string") return plain();
  return (
    <ErrorBoundary fallback={plain}>
      <view.TurnList turns={turns} before={positionIn(frame.current)} />
    </ErrorBoundary>
  );
}

function positionIn(frame: HTMLElement | null): ScrollPosition | null {
  const newest = lastIn([...(frame?.querySelectorAll<HTMLElement>(".plain") ?? [])]);
  return frame && newest
    ? { focused: frame.matches(":focus"), newest: newest.offsetTop - frame.scrollTop }
    : null;
}
