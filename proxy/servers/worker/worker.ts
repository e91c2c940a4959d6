/**
 * The proxy as a worker for workerd and Cloudflare Workers: the same app, in one Durable Object.
 *
 * A worker runs in many isolates that share nothing, so each request is passed to one object (of the class
 * `ProxyObject`, bound as `PROXY`). In it turns, limits and the budget hold exactly as in one Node process; what was
 * spent of the budget and the secret, when none is set, live in its storage. Settings are text bindings.
 *
 * What is weaker than on Node, on purpose and for good:
 * - One object answers everybody, on one thread; there is no second instance, and `REDIS_URL` is refused.
 * - An object that is ended (a deployment, a machine that goes) loses the answers being written in it, and there is no
 *   warning to drain on: widgets find the answer in the transcript if upstream finished it. Rate limits begin anew.
 *   workerd ends no object in which an answer is being written; Cloudflare may, a minute or two after its last request.
 * - A visitor who left is noticed at the next write only, at the latest at the next heartbeat.
 * - Pictures are judged by their host's name (worker-pictures.ts); `fetch` cannot tell a refused connection from a broken
 *   one (fetch-transport.ts); time stands still between two events, so durations in the log are rough.
 * - Nothing is measured (no `/metrics`), and nothing can be paused by a file.
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
