/** Sharing of streams: one tab has a turn's stream and sends the others what it receives; when that tab is closed, another takes over. */
import type { StreamEnd, TabChannel, Transport, ChatEnvironment } from "../environment.ts";
import { ReceivedTurn } from "./received-turn.ts";
import { SharedStream, type StreamCall, type TabHooks } from "./shared-stream.ts";

export function shareStreams(
  own: Transport,
  channel: TabChannel,
  environment: Pick<ChatEnvironment, "pause">,
  hooks: TabHooks,
): Transport {
  const shared = { channel, environment, hooks };
  let received: ReceivedTurn | null = null;

  function share(call: StreamCall): Promise<StreamEnd> {
    if (received?.turn !== call.turn) received = new ReceivedTurn(call.turn, call.after);
    return new SharedStream(shared, received, call).run();
  }

  return {
    ...own,
    ask: (ref, request, listener, signal) =>
      share({
        turn: request.turn,
        after: 0,
        listener,
        signal,
        stream: (_after, target) => own.ask(ref, request, target, signal),
        sends: true,
      }),
    resume: (ref, turn, after, listener, signal) =>
      share({
        turn,
        after,
        listener,
        signal,
        stream: (last, target) => own.resume(ref, turn, last, target, signal),
        sends: false,
      }),
  };
}
