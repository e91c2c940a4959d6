/** Received turn: the events that this tab has of a turn, from the proxy or from another tab. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { lastIn } from "../../builtins/last.ts";
import type { TabMessage } from "../environment.ts";

export class ReceivedTurn {
  readonly turn: string;
  isOpen = false;
  /** Whether this tab has the stream, and sends other tabs what it receives. */
  leads = false;
  /** Number of the event before the first of `#events`. */
  #from: number;
  #events: StreamEvent[] = [];

  constructor(turn: string, from: number) {
    this.turn = turn;
    this.#from = from;
  }

  /** Number of the last event. */
  get last(): number {
    return lastIn(this.#events)?.id ?? this.#from;
  }

  /** Keeps an event that follows event `after`, unless it is known. */
  add(event: StreamEvent, after: number): void {
    if (event.id <= this.last) return;
    if (after !== this.last) {
      this.#from = after;
      this.#events = [];
    }
    this.#events.push(event);
  }

  /**
   * Message with the events after event `want`; null where some of them are unknown. It begins before `want` where the
   * tab that asks had the text in other pieces.
   */
  since(want: number): TabMessage | null {
    if (want < this.#from) return null;
    const count = this.#events.filter(({ id }) => id <= want).length;
    return {
      turn: this.turn,
      opened: this.isOpen,
      after: this.#events[count - 1]?.id ?? this.#from,
      events: this.#events.slice(count),
    };
  }
}
