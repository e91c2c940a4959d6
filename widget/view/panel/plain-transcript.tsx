/** The conversation as plain text, while the file that draws it properly is still on its way or could not be fetched. */
import type { StreamingTurn, FinishedTurn } from "../../conversation/types.ts";
import { lastIn } from "../../builtins/last.ts";
import { useChat } from "../chat-context.ts";
import { conversationView } from "./load-conversation.ts";
import { Mishap } from "../problem/mishap.tsx";
import { Waiting } from "../ui/loading.tsx";

export function PlainTurns({ turns }: { turns: readonly (FinishedTurn | StreamingTurn)[] }) {
  const { conversation, profile, texts } = useChat();
  const { offline, thinking, restoring } = texts.value;
  const state = conversationView.state.value;
  const isComing = state === "coming";
  // What was there before would be seen for a moment only; what was asked here stands there at once.
  const shown = isComing ? turns.filter((turn) => "phase" in turn || turn.isNews) : turns;
  if (shown.length === 0) return <Waiting words={restoring} />;
  return (
    <>
      {shown.map((turn) => {
        const phase = "phase" in turn && turn.phase.value;
        const problem = "problem" in turn && turn.problem;
        const isLast = turn === lastIn(turns);
        return (
          <div key={turn.id} class={isComing ? "plain coming" : "plain"}>
            <p part="message" data-from="visitor" class="question" dir="auto">
              {turn.question}
            </p>
            {/* Made anew with each piece: a translator may take what was there. Not ended while it may be drawn properly. */}
            <p
              key={turn.answer}
              part="answer"
              dir="auto"
              {...((phase || isComing) && { "aria-busy": "true" })}
            >
              {turn.answer}
            </p>
            {isLast && (phase || isComing) && phase !== "offline" && !problem && (
              <Waiting words={profile.value.texts.thinking ?? thinking} />
            )}
            {phase === "offline" && <Mishap words={offline} />}
            {problem && (
              <Mishap
                words={problem.words ?? (problem.code === "offline" ? offline : null)}
                again={
                  isLast &&
                  (() => {
                    void conversationView.bring();
                    conversation.retry(turn.id);
                  })
                }
              />
            )}
          </div>
        );
      })}
      {state === "missing" && <Mishap again={() => void conversationView.bring()} />}
      {state === "again" && <Waiting words="" />}
    </>
  );
}
