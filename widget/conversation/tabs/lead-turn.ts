/** Leader of a turn: the tab that has its stream, and sends other tabs what it receives. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import type { StreamEnd, StreamListener, TabChannel } from "../environment.ts";
import type { ReceivedTurn } from "./received-turn.ts";

export type TurnReceiver = {
  /** The proxy answers with a stream. */
  open(): void;
  /** Receives an event that follows event `after`. False when it was not used. */
  take(event: StreamEvent, after: number): boolean;
};

/** `after` is the number of the event before the first that the stream brings. */
export async function leadTurn(
  received: ReceivedTurn,
  channel: Pick<TabChannel, "post" | "subscribe">,
  after: number,
  receiver: TurnReceiver,
  stream: (listener: StreamListener) => Promise<StreamEnd>,
): Promise<StreamEnd> {
  const { turn } = received;
  received.leads = true;
  function send(want: number): void {
    const message = received.since(want);
    if (message && received.leads) channel.post(message);
  }
  const leave = channel.subscribe((message) => {
    if (message.turn === turn && "want" in message) send(message.want);
  });
  let last = after;
  try {
    const end = await stream({
      opened() {
        receiver.open();
        send(received.last);
      },
      event(event) {
        const isNew = event.id > received.last;
        const before = last;
        last = event.id;
        if (receiver.take(event, before) && isNew)
          channel.post({ turn, opened: true, after: before, events: [event] });
      },
    });
    if (typeof end === "object") channel.post({ turn, refused: end });
    return end;
  } finally {
    received.leads = false;
    leave();
  }
}
