/** Ratings of answers: shown at once, sent one after the other, and reverted when the proxy refuses them. */
import type { Reaction } from "../../proxy/protocol/bodies.ts";
import { report } from "./contain.ts";
import type { ChatEnvironment } from "./environment.ts";
import type { ConversationRef, OwnState } from "./types.ts";
import { unreachable } from "./unreachable.ts";

export type Ratings = {
  readonly rate: (turn: string, reaction: Reaction) => void;
};

export function createRatings(state: OwnState, environment: ChatEnvironment): Ratings {
  const { finished, problem } = state;
  /** The last rating that the proxy accepted, by turn. */
  const held = new Map<string, Reaction>();
  let queue: Promise<void> = Promise.resolve();

  function show(id: string, change: (shown: Reaction) => Reaction): void {
    finished.value = finished.value.map((turn) =>
      turn.id === id ? Object.freeze({ ...turn, reaction: change(turn.reaction) }) : turn,
    );
  }

  async function react(...rated: Parameters<ChatEnvironment["transport"]["react"]>) {
    try {
      return await environment.transport.react(...rated);
    } catch (error) {
      report(error);
      return { ok: false, problem: unreachable(environment) } as const;
    }
  }

  async function deliver(
    ref: ConversationRef,
    turn: string,
    message: string,
    reaction: Reaction,
  ): Promise<void> {
    const reply = await react(ref, message, reaction);
    if (reply.ok) {
      held.set(turn, reaction);
      return;
    }
    // A later rating may be shown by now; its own request decides about it.
    show(turn, (shown) => (shown === reaction ? (held.get(turn) ?? "neutral") : shown));
    problem.value = reply.problem;
  }

  return {
    rate(id, reaction) {
      const turn = finished.value.find((each) => each.id === id);
      const { ref } = state.slot;
      if (!turn || !ref || turn.message === null || turn.reaction === reaction) return;
      const { message } = turn;
      if (!held.has(id)) held.set(id, turn.reaction);
      show(id, () => reaction);
      queue = queue.then(() => deliver(ref, id, message, reaction)).catch(report);
    },
  };
}
