/** Ends a turn at the proxy and upstream. */
import { withRetry } from "./retry.ts";
import type { ChatEnvironment } from "./environment.ts";
import type { ConversationRef, ConversationSlot, LiveTurn } from "./types.ts";

/** Stops a turn that is wanted no more: at once where it can be named, else as soon as the proxy has taken it and named the conversation. */
export async function stopUpstream(
  environment: ChatEnvironment,
  closed: AbortSignal,
  slot: ConversationSlot,
  turn: Readonly<LiveTurn>,
): Promise<void> {
  // What never left needs no stopping elsewhere.
  if (turn.view.phase.value === "offline") return turn.controller.abort();
  const stopAt = (place: ConversationRef) =>
    withRetry(environment, closed, () => environment.transport.stop(place, turn.pending.id));
  const reply = slot.place && (await stopAt(slot.place));
  // Unknown there, it may be that the stop has overtaken its question.
  const overtook = reply && !reply.ok && reply.problem.code === "not-found" && !turn.pending.taken;
  if (reply && !overtook) {
    turn.controller.abort();
    return;
  }
  await turn.over;
  if (slot.place && turn.pending.taken) await stopAt(slot.place);
}
