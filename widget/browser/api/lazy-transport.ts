/** Transport that is loaded with the first call; if loading fails, the proxy counts as unreachable. */
import type { Reply, StreamEnd, Transport } from "../../conversation/environment.ts";
import { unreachable } from "../../conversation/unreachable.ts";

export function createLazyTransport(bring: () => Promise<Transport>, online: () => boolean): Transport {
  const stream = (call: (client: Transport) => Promise<StreamEnd>) =>
    bring()
      .then(call)
      .catch((): StreamEnd => "unreachable");
  const request = <Value>(call: (client: Transport) => Promise<Reply<Value>>) =>
    bring()
      .then(call)
      .catch((): Reply<Value> => ({ ok: false, problem: unreachable({ online }) }));
  return {
    ask: (...given) => stream((client) => client.ask(...given)),
    resume: (...given) => stream((client) => client.resume(...given)),
    stop: (...given) => request((client) => client.stop(...given)),
    transcript: (...given) => request((client) => client.transcript(...given)),
    react: (...given) => request((client) => client.react(...given)),
    forget: (...given) => request((client) => client.forget(...given)),
  };
}
