/** Ends a turn, or a whole conversation, at the proxy and upstream. */
import { isGone } from "./follow-turn.ts";
import type { Home } from "./follow-turn.ts";
import { persist } from "./patience.ts";
import type { LiveTurn } from "./turns.ts";
import type { VisitorProblem } from "./turn.ts";
import type { World } from "./world.ts";

/** Stops a turn as soon as it can be named there: not before the proxy has taken it and the conversation is known. */
export async function stopUpstream(
  world: World,
  left: AbortSignal,
  home: Home,
  turn: LiveTurn,
): Promise<void> {
  turn.wanted = false;
  if (turn.pending.taken && home.place) turn.controller.abort();
  await turn.over;
  const { place } = home;
  if (place) await persist(world, left, () => world.transport.stop(place, turn.pending.id));
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
