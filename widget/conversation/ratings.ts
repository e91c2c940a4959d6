/** Rates answers: shown at once, sent one after the other, and taken back when the proxy does not take them. */
import type { Reaction } from "../../proxy/protocol/bodies.ts";
import type { SettledTurn, VisitorProblem } from "./turn.ts";
import type { Place, Reply } from "./world.ts";

export type Ratings = {
  rate(place: Place, turn: SettledTurn, reaction: Reaction): void;
};

export function createRatings(
  send: (place: Place, message: string, reaction: Reaction) => Promise<Reply<null>>,
  show: (turn: string, change: (reaction: Reaction) => Reaction) => void,
  failed: (problem: VisitorProblem) => void,
): Ratings {
  /** What the proxy is known to hold, by turn. */
  const held = new Map<string, Reaction>();
  let queue: Promise<void> = Promise.resolve();

  async function deliver(place: Place, turn: string, message: string, reaction: Reaction): Promise<void> {
    const reply = await send(place, message, reaction);
    if (reply.ok) {
      held.set(turn, reaction);
      return;
    }
    // A later rating may be on show by now; its own fate is decided when it is sent.
    show(turn, (shown) => (shown === reaction ? (held.get(turn) ?? "neutral") : shown));
    failed(reply.problem);
  }

  return {
    rate(place, { id, message, reaction: shown }, reaction) {
      if (message === null || shown === reaction) return;
      if (!held.has(id)) held.set(id, shown);
      show(id, () => reaction);
      queue = queue.then(() => deliver(place, id, message, reaction));
    },
  };
}
