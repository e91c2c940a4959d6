/** Streams of the conversation: decides for each whether tabs share it, when it starts. */
import { leadFirstStream } from "../browser/platform/first-stream.ts";
import type { RunningConversation } from "../conversation/conversation.ts";
import type { ChatEnvironment, StreamListener, Transport } from "../conversation/environment.ts";
import type { ConnectedTabs, TabsOptions } from "./types.ts";

/** `isFirst` tells whether a stream is the visitor's first, of which no other tab can know; true once. */
export function createStreams(
  { transport, store }: ChatEnvironment,
  { channelName }: TabsOptions,
  { state }: RunningConversation,
  connect: () => Promise<ConnectedTabs>,
  isFirst: () => boolean,
): Transport {
  const setSent = (turn: string) => state.setRemote(turn, false);

  /** The streams that tabs share; this tab's own where the others cannot be connected. */
  async function streamsFor(turn: string): Promise<Transport> {
    const tabs = await connect().catch(() => setSent(turn));
    return tabs?.streams ?? transport;
  }

  return {
    ...transport,
    async ask(ref, request, listener, signal) {
      const { turn } = request;
      const name = channelName();
      const stream = (target: StreamListener) => transport.ask(ref, request, target, signal);
      if (isFirst()) {
        if (name === null) return stream(listener);
        const mayLead = () => store.load()?.pending?.id === turn;
        const lead = (target: StreamListener) => (setSent(turn), stream(target));
        const isFollowed = () => void connect().catch(() => {});
        const first = { name, turn, mayLead, isFollowed, listener, stream: lead };
        const end = await leadFirstStream(window, first);
        if (end) return end;
      }
      return (await streamsFor(turn)).ask(ref, request, listener, signal);
    },
    resume: async (...given) => (await streamsFor(given[1])).resume(...given),
  };
}
