/** Remote turn: followed while another instance writes it, recovered when none does any more. */
import { problems } from "../../protocol/problems.ts";
import { RedisAway } from "../../redis/redis.ts";
import type { TurnLog, TurnSnapshot } from "./turn-log.ts";
import type { Schedule } from "../../schedule.ts";
import { writeStored, type Seal } from "./stored-event.ts";
import type { Turn } from "../turn.ts";

export type RemoteTurnOptions = {
  turn: Turn;
  turnLog: TurnLog;
  seal: Seal;
  schedule: Schedule;
  /** Milliseconds between two looks, in case a message was missed. */
  pause: number;
  /** How many looks in a row a writer must be missing: one whose lease only ran out meanwhile has time to renew it. */
  looks: number;
  /** Whether this instance would go on with the answer itself. */
  mayRecover: () => boolean;
  /** The turn is this instance's from now on; `seen` is how it stands. */
  recovered: (seen: TurnSnapshot) => void;
  /** Told of what Redis refused. */
  report: (error: unknown) => void;
};

/** Brings the turn to where it stood at that look, and follows it from there; returns how to end that. */
export function followRemoteTurn(options: RemoteTurnOptions, first: TurnSnapshot): () => void {
  const { turn, turnLog, seal, schedule, pause } = options;
  let missing = 0;
  let isEnded = false;
  let isLooking = false;
  let cancelLook = () => {};
  let unhear = () => {};

  function end(): void {
    isEnded = true;
    cancelLook();
    unhear();
  }

  function give(from: number, events: readonly string[]): void {
    for (const [place, event] of events.entries()) {
      if (from + place > turn.log.count + 1) return void look();
      if (from + place === turn.log.count + 1 && !writeStored(event, turn, seal)) return cut();
    }
  }

  function cut(): void {
    turn.fail({ code: "answer-cut", message: problems["answer-cut"].message });
    end();
  }

  async function look(): Promise<void> {
    if (isLooking || isEnded) return;
    isLooking = true;
    cancelLook();
    const from = turn.log.count + 1;
    try {
      const seen = await turnLog.look(first.id, from - 1);
      if (isEnded) return;
      if (seen?.attemptId === first.attemptId) await weigh(seen, from);
      // A Redis that was emptied is told again what it lost.
      else if (++missing >= options.looks) cut();
    } catch (error) {
      if (!(error instanceof RedisAway)) options.report(error);
      missing = 0;
    } finally {
      isLooking = false;
      if (!isEnded) cancelLook = schedule(pause, () => void look());
    }
  }

  /** Takes what is new; takes the turn over when nobody else goes on with it. */
  async function weigh(seen: TurnSnapshot, from: number): Promise<void> {
    give(from, seen.events);
    if (turn.ending) return end();
    missing = seen.isAlive ? 0 : missing + 1;
    const isFree = seen.owner === "" || missing >= options.looks;
    if (!isFree || !options.mayRecover() || !(await turnLog.take(seen, seen.owner)) || isEnded) return;
    end();
    options.recovered(seen);
  }

  give(1, first.events);
  if (turn.ending) return () => {};
  unhear = turnLog.hearTurn(first.id, (kind, [from, ...events]) => {
    if (kind === "events") give(Number(from), events);
    else void look();
    if (turn.ending) end();
  });
  // What was told before the line was open is not heard, so there is a look at once.
  void look();
  return end;
}
