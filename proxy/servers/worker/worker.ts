/**
 * Proxy as a worker for workerd and Cloudflare Workers: the same app, in one Durable Object.
 *
 * A worker runs in many isolates that share nothing, so each request is passed to one object (of the class
 * `ProxyObject`, bound as `PROXY`). There turns, limits and the budget work exactly as in one Node process; the used
 * budget and, if none is set, the secret are in its storage. Settings are text bindings.
 *
 * Weaker than on Node, by design:
 * - One object serves all visitors, on one thread; there is no second instance, and `REDIS_URL` is refused.
 * - An object that is ended (by a deployment or a machine's shutdown) loses its running answers, without time to drain:
 *   widgets find the answer in the transcript if upstream finished it. Rate limits restart. workerd ends no object with
 *   a running answer; Cloudflare may, a minute or two after its last request.
 * - A disconnect is noticed only at the next write, at the latest at the next heartbeat.
 * - Images are checked by their host's name (images.ts); `fetch` cannot tell a refused connection from a broken one;
 *   the clock stands still between two events, so durations in the log are rough.
 * - There are no metrics (no `/metrics`), and no file can pause anything.
 * - The stand-in does not run here: without a key every request is refused, and the log says why.
 */
import { Refused, refusalParts } from "../../http/errors.ts";
import type { Proxy } from "../../app.ts";
import { unpackWidgetFiles, type PackedFile } from "./files.ts";
import { startWorkerProxy } from "./start-proxy.ts";
import {
  asEncoded,
  peerAddress,
  settingsIn,
  type ObjectState,
  type WorkerBindings,
} from "./runtime-types.ts";

/** Put here by the build. */
declare const WIDGET_FILES: readonly PackedFile[];

export class ProxyObject {
  #proxy: Proxy | null = null;

  constructor(state: ObjectState, bindings: WorkerBindings) {
    void state.blockConcurrencyWhile(async () => {
      const files = unpackWidgetFiles(WIDGET_FILES);
      const write = (line: string) => console.log(line);
      const started = await startWorkerProxy({
        environment: settingsIn(bindings),
        storage: state.storage,
        files,
        write,
      });
      if ("fetch" in started) this.#proxy = started;
      else started.forEach(write);
    });
  }

  async fetch(request: Request): Promise<Response> {
    if (!this.#proxy) return unavailable();
    return asEncoded(await this.#proxy.fetch(request, { address: peerAddress(request) }));
  }
}

export default {
  fetch: (request: Request, { PROXY }: WorkerBindings): Promise<Response> =>
    PROXY.get(PROXY.idFromName("proxy")).fetch(request),
};

function unavailable(): Response {
  const { body, headers } = refusalParts(new Refused("agent-unavailable"));
  return new Response(body, { status: 503, headers });
}
