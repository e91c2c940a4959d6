/** Heard turn: the events that a tab has of the latest turn, from the proxy or from another tab. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { lastIn } from "../../builtins/last.ts";

export type HeardTurn = {
  readonly turn: string;
  /** Number of the event before the first of `events`. */
  from: number;
  events: StreamEvent[];
  opened: boolean;
  /** Whether this tab has the stream, and tells the others. */
  leads: boolean;
};

/** Number of the last event; `from` when there is none. */
export const lastEvent = ({ events, from }: HeardTurn): number => lastIn(events)?.id ?? from;

/** The events that follow event `want`. `after` is the number of the event before them, which is earlier than `want` where the pieces of whoever asks were others. */
export function eventsAfter(heard: HeardTurn, want: number): { after: number; events: StreamEvent[] } {
  const { events, from } = heard;
  const next = events.findIndex((event) => event.id > want);
  if (next < 0) return { after: lastEvent(heard), events: [] };
  return { after: events[next - 1]?.id ?? from, events: events.slice(next) };
}
