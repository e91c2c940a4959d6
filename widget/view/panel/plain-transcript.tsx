/** Plain-text transcript, until the file that renders the conversation is loaded. */
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import { useChat } from "../chat-context.ts";
import { conversationView } from "./load-conversation.ts";
import { RenderError } from "../problem/render-error.tsx";
import { Loading } from "../ui/loading.tsx";

export function PlainTranscript({ turns }: { turns: readonly (FinishedTurn | StreamingTurn)[] }) {
  const { conversation, profile, texts } = useChat();
  const { offline, thinking, restoring } = texts.value;
  const state = conversationView.state.value;
  const isLoading = state === "loading";
  // Turns from storage would be seen for a moment only; a question asked now is shown at once.
  const shown = isLoading ? turns.filter((turn) => "phase" in turn || turn.isNews) : turns;
  const last = lastIn(turns);
  // One message says it; the views are loaded again when the question is sent.
  const isOffline = last && "phase" in last && last.phase.value === "offline";
  if (shown.length === 0) return <Loading text={restoring} />;
  return (
    <>
      {shown.map((turn) => {
        const phase = "phase" in turn && turn.phase.value;
        const problem = "problem" in turn && turn.problem;
        const isLast = turn === last;
        return (
          <div key={turn.id} class={isLoading ? "plain coming" : "plain"}>
            <p part="message" data-from="visitor" class="question" dir="auto">
              {turn.question}
            </p>
            {/* Replaced with each event: a translator may have removed the text. Busy until it is final. */}
            <p
              key={turn.answer}
              part="answer"
              dir="auto"
              {...((phase || isLoading) && { "aria-busy": "true" })}
            >
              {turn.answer}
            </p>
            {isLast && (phase || isLoading) && phase !== "offline" && !problem && (
              <Loading text={profile.value.texts.thinking ?? thinking} />
            )}
            {phase === "offline" && <RenderError text={offline} />}
            {problem && (
              <RenderError
                text={problem.words ?? (problem.code === "offline" ? offline : null)}
                onRetry={
                  isLast &&
                  (() => {
                    void conversationView.load();
                    conversation.retry(turn.id);
                  })
                }
              />
            )}
          </div>
        );
      })}
      {state === "failed" && !isOffline && <RenderError onRetry={() => void conversationView.load()} />}
      {state === "retrying" && <Loading text="" />}
    </>
  );
}
