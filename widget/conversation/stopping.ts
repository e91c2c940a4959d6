/** Ends a turn, or a whole conversation, at the proxy and upstream. */
import { isGone } from "./follow-turn.ts";
import type { Home } from "./follow-turn.ts";
import { persist } from "./patience.ts";
import type { LiveTurn } from "./turns.ts";
import type { VisitorProblem } from "./turn.ts";
import type { Place, World } from "./world.ts";

/** Stops a turn: at once where it can be named, else as soon as the proxy has taken it and named the conversation. */
export async function stopUpstream(
  world: World,
  left: AbortSignal,
  home: Home,
  turn: LiveTurn,
): Promise<void> {
  turn.wanted = false;
  const stopAt = (place: Place) => persist(world, left, () => world.transport.stop(place, turn.pending.id));
  const reply = home.place && (await stopAt(home.place));
  // Unknown there, it may be that the stop has overtaken its question.
  const overtook = reply && !reply.ok && reply.problem.code === "not-found" && !turn.pending.taken;
  if (reply && !overtook) {
    turn.controller.abort();
    return;
  }
  await turn.over;
  if (home.place && turn.pending.taken) await stopAt(home.place);
}

/** Stops what is being answered and has the conversation deleted. Resolves to what went wrong, or null. */
export async function forgetUpstream(
  world: World,
  left: AbortSignal,
  home: Home,
  turn: LiveTurn | null,
): Promise<VisitorProblem | null> {
  if (turn) await stopUpstream(world, left, home, turn);
  const { place } = home;
  if (!place) return null;
  const reply = await persist(world, left, () => world.transport.forget(place));
  return reply.ok || isGone(reply.problem) ? null : reply.problem;
}
