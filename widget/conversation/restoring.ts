/** Brings back a remembered conversation: the turns it has, and the one that may still be followed. Fetched when needed. */
import type { Transcript } from "../../proxy/protocol/bodies.ts";
import { cut, isAnswerTo, isGone } from "./follow-turn.ts";
import { persist } from "./patience.ts";
import { createLiveTurn, settle, settledFrom } from "./turns.ts";
import type { Restored } from "./earlier-turns.ts";
import type { Pending, Remembered, World } from "./world.ts";

/** A question nobody is known to have taken is sent after a reload only while the visitor surely still waits for it. */
const freshFor = 10 * 60_000;

/** Resolves to null when the conversation is there no more: it is to be forgotten without a word. */
export async function fetchRemembered(
  world: World,
  left: AbortSignal,
  { place, pending }: Remembered,
): Promise<Restored | null> {
  if (!place) return { ...restored([], pending, world.now()), problem: null };
  const reply = await persist(world, left, () => world.transport.transcript(place, left));
  if (reply.ok) return { ...restored(reply.value.messages, pending, world.now()), problem: null };
  if (isGone(reply.problem)) return null;
  return { ...restored([], pending, world.now()), problem: reply.problem };
}

function restored(
  messages: Transcript["messages"],
  pending: Pending | null,
  now: number,
): Omit<Restored, "problem"> {
  const settled = messages.map(settledFrom);
  if (!pending) return { settled, pending };
  const last = messages.at(-1);
  const isStored = last !== undefined && isAnswerTo(pending, last);
  const { stopped } = pending;
  if (stopped === undefined && (pending.taken || now - pending.at < freshFor)) {
    // Followed to its end it brings everything that is stored, so it must not stand there twice.
    return { settled: isStored ? settled.slice(0, -1) : settled, pending };
  }
  if (isStored) return { settled, pending: null };
  const turn = createLiveTurn(pending);
  turn.hear(stopped ?? "");
  const ending = stopped === undefined ? cut : ({ end: "stopped" } as const);
  return { settled: [...settled, settle(turn, ending)], pending: null };
}
