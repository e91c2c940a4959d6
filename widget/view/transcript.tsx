/** The part of the panel that holds the conversation: a welcome before it has begun, then its turns. */
import { useEffect } from "preact/hooks";
import { useChat } from "./chat-context.ts";
import { Empty } from "./empty.tsx";
import { conversationParts } from "./load-parts.ts";
import { PlainTurns } from "./plain-turns.tsx";
import { TranscriptFrame } from "./transcript-frame.tsx";
import { Waiting } from "./waiting.tsx";

export function Transcript() {
  const { conversation, texts } = useChat();
  const settled = conversation.settled.value;
  const growing = conversation.growing.value;
  const parts = conversationParts.state.value;
  const turns = growing ? [...settled, growing] : settled;

  const begun = turns.length > 0 || conversation.restoring.value || conversation.problem.value !== null;

  // With each further turn once more, which does something only where fetching has failed before.
  useEffect(() => {
    if (begun) void conversationParts.bring();
  }, [begun, turns.length]);

  if (turns.length > 0 && typeof parts === "object") return <parts.Turns turns={turns} />;
  return (
    <div class="reading">
      <TranscriptFrame>
        {turns.length === 0 ? (
          conversation.restoring.value ? (
            <Waiting words={texts.value.restoring} />
          ) : (
            <Empty />
          )
        ) : parts === "missing" ? (
          <PlainTurns turns={turns} />
        ) : (
          <Waiting words={texts.value.thinking} />
        )}
      </TranscriptFrame>
    </div>
  );
}
