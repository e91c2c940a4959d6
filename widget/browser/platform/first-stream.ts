/** First stream of a conversation: this tab leads it, without the code that synchronizes tabs, if no other tab leads one. */
import { contain } from "../../conversation/contain.ts";
import type { StreamEnd, StreamListener } from "../../conversation/environment.ts";
import { leadTurn } from "../../conversation/tabs/lead-turn.ts";
import { ReceivedTurn } from "../../conversation/tabs/received-turn.ts";

type FirstStream = {
  /** Name of the tabs' lock and channel. */
  readonly name: string;
  readonly turn: string;
  /** Whether the turn is still to be sent, now that this tab leads. */
  readonly mayLead: () => boolean;
  /** Another tab requests the events that this one receives. */
  readonly isFollowed: () => void;
  readonly listener: StreamListener;
  readonly stream: (listener: StreamListener) => Promise<StreamEnd>;
};

/** Null when another tab leads, or when that is unknown: without Web Locks, as on plain http. */
export async function leadFirstStream(
  view: Window,
  { name, turn, mayLead, isFollowed, listener, stream }: FirstStream,
): Promise<StreamEnd | null> {
  async function lead(): Promise<StreamEnd> {
    const channel = new BroadcastChannel(name);
    const received = new ReceivedTurn(turn, 0);
    try {
      return await leadTurn(
        received,
        {
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
          post: (message) => channel.postMessage(message),
          subscribe(listener) {
            channel.addEventListener("message", ({ data }) => {
              contain(() => listener(data));
              isFollowed();
            });
            return () => channel.close();
          },
        },
        0,
        {
          open() {
            received.isOpen = true;
            listener.opened();
          },
          take(event, after) {
            received.add(event, after);
            listener.event(event);
            return true;
          },
        },
        stream,
      );
    } finally {
      channel.close();
    }
  }

  try {
    return await view.navigator.locks.request(name, { ifAvailable: true }, (lock) =>
      lock && mayLead() ? lead() : null,
    );
  } catch {
    return null;
  }
}
