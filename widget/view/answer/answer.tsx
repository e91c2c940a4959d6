/** Agent's answer: the text so far while it streams, all of it once it is finished. */
import { useCallback } from "preact/hooks";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { lazyOptions } from "../../options/lazy-options.ts";
import { AnswerText } from "./answer-markdown.tsx";
import { useChat } from "../chat-context.ts";
import { useLinkTarget } from "./link-target.ts";
import { copyAndAnnounce } from "../a11y/announce.ts";
import { useMessages } from "../use-messages.ts";
import { Loading } from "../ui/loading.tsx";
import { QueuedQuestion } from "../question/queued-question.tsx";

const none: readonly Citation[] = [];

export function Answer({ turn }: { turn: FinishedTurn | StreamingTurn }) {
  const chat = useChat();
  const texts = useMessages();
  const phase = "phase" in turn ? turn.phase.value : null;
  const copy = useCallback((text: string) => copyAndAnnounce(chat, text), [chat]);
  const linkTarget = useLinkTarget();
  return (
    <>
      {phase === "waiting" && <Loading text={chat.profile.value.texts.thinking ?? texts.thinking} />}
      <div part="answer" class="answer" dir="auto" {...(phase ? { "aria-busy": "true" } : {})}>
        {turn.answer !== "" && (
          <AnswerText
            source={turn.answer}
            streaming={phase !== null}
            citations={"phase" in turn ? none : turn.citations}
            texts={texts}
            linkTarget={linkTarget}
            pictures={(chat.option(lazyOptions, "images") ?? []).join(" ")}
            copy={copy}
          />
        )}
      </div>
      {phase === "offline" && <QueuedQuestion />}
      {phase === "reconnecting" && <Loading text={texts.reconnecting} />}
    </>
  );
}
