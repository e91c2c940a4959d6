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
  /** Milliseconds between two polls, in case a message was missed. */
  pause: number;
  /**
   * Consecutive polls that must find the writer missing: one whose lease only expired meanwhile has time to renew it.
   */
  maxMissing: number;
  /** Whether this instance would go on with the answer itself. */
  mayRecover: () => boolean;
  /** This instance has taken the turn; `seen` is its state. */
  recovered: (seen: TurnSnapshot) => void;
  /** Called with errors of Redis. */
  report: (error: unknown) => void;
};

/** Applies the first snapshot to the turn and follows it from there. Returns a function that stops following. */
export function followRemoteTurn(options: RemoteTurnOptions, first: TurnSnapshot): () => void {
  const { turn, turnLog, seal, schedule, pause } = options;
  let missing = 0;
  let isEnded = false;
  let isPolling = false;
  let cancelPoll = () => {};
  let unsubscribe = () => {};

  function end(): void {
    isEnded = true;
    cancelPoll();
    unsubscribe();
  }

  function give(from: number, events: readonly string[]): void {
    for (const [place, event] of events.entries()) {
      if (from + place > turn.log.count + 1) return void poll();
      if (from + place === turn.log.count + 1 && !writeStored(event, turn, seal)) return cut();
    }
  }

  function cut(): void {
    turn.fail({ code: "answer-cut", message: problems["answer-cut"].message });
    end();
  }

  async function poll(): Promise<void> {
    if (isPolling || isEnded) return;
    isPolling = true;
    cancelPoll();
    const from = turn.log.count + 1;
    try {
      const seen = await turnLog.read(first.id, from - 1);
      if (isEnded) return;
      if (seen?.attemptId === first.attemptId) await weigh(seen, from);
      // A Redis that lost its data receives it again from the writer.
      else if (++missing >= options.maxMissing) cut();
    } catch (error) {
      if (!(error instanceof RedisAway)) options.report(error);
      missing = 0;
    } finally {
      isPolling = false;
      if (!isEnded) cancelPoll = schedule(pause, () => void poll());
    }
  }

  /** Writes new events; takes the turn over when no instance writes it any more. */
  async function weigh(seen: TurnSnapshot, from: number): Promise<void> {
    give(from, seen.events);
    if (turn.ending) return end();
    missing = seen.isOwnerRunning ? 0 : missing + 1;
    const isFree = seen.owner === "" || missing >= options.maxMissing;
    if (!isFree || !options.mayRecover() || !(await turnLog.take(seen, seen.owner)) || isEnded) return;
    end();
    options.recovered(seen);
  }

  give(1, first.events);
  if (turn.ending) return () => {};
  unsubscribe = turnLog.onTurn(first.id, (kind, [from, ...events]) => {
    if (kind === "events") give(Number(from), events);
    else void poll();
    if (turn.ending) end();
  });
  // Messages before the subscription were not received, so poll at once.
  void poll();
  return end;
}
